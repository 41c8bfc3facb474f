package dev.whimbrel.spring;

import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases for tests, on one server. */
final class Databases {
  private static final EmbeddedPostgres SERVER =
      EmbeddedPostgres.scratch(
          EmbeddedSettings.of(System.getenv()), EmbeddedPostgres.DEFAULT_MAJOR);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Databases() {}

  /** The properties of a new, empty database. */
  static String[] empty() {
    String name = "application" + NUMBER.incrementAndGet();
    execute("postgres", "create database " + name);
    return new String[] {
      "spring.datasource.url=jdbc:postgresql://%s:%d/%s"
          .formatted(SERVER.host(), SERVER.port(), name),
      "spring.datasource.username=" + SERVER.user(),
      "spring.datasource.password=" + SERVER.password()
    };
  }

  static void execute(String database, String sql) {
    try (Connection connection = SERVER.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A database as the facade is told about it, with the role that owns it. */
  static String url(String database) {
    return SERVER.url(database);
  }

  /** What the server has logged so far. */
  static String log() {
    try (Connection connection = SERVER.connect("postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery("select current_setting('data_directory')")) {
      row.next();
      return Files.readString(Path.of(row.getString(1)).resolveSibling("server.log"));
    } catch (SQLException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the database in the properties that {@link #empty} made. */
  static String name(String[] properties) {
    return properties[0].substring(properties[0].lastIndexOf('/') + 1);
  }

  /** A directory with one revision, {@code aaaa00000001}, that creates the birds. */
  static Path migrations(Path folder) {
    write(
        folder,
        "20260101_aaaa00000001_birds.sql",
        """
        -- revision: aaaa00000001
        -- message:  Create the birds
        -- created:  2026-01-01T00:00:00Z

        -- +upgrade

        create table bird (id bigint primary key, name varchar(255));
        insert into bird values (1, 'whimbrel');

        -- +downgrade

        drop table bird;
        """);
    write(folder, "HEAD", "aaaa00000001\n");
    return folder;
  }

  /** Adds the revision {@code aaaa00000002} to them. */
  static void second(Path folder) {
    write(
        folder,
        "20260102_aaaa00000002_weight.sql",
        """
        -- revision: aaaa00000002
        -- revises:  aaaa00000001
        -- message:  Weigh the birds
        -- created:  2026-01-02T00:00:00Z

        -- +upgrade

        alter table bird add column weight integer;

        -- +downgrade

        alter table bird drop column weight;
        """);
    write(folder, "HEAD", "aaaa00000002\n");
  }

  private static void write(Path folder, String name, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String[] and(String[] properties, String... more) {
    String[] all = java.util.Arrays.copyOf(properties, properties.length + more.length);
    System.arraycopy(more, 0, all, properties.length, more.length);
    return all;
  }
}
