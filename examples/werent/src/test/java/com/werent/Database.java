package com.werent;

import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database on a real PostgreSQL that is gone when the tests are over. */
record Database(String name) {
  private static final EmbeddedPostgres SERVER =
      EmbeddedPostgres.scratch(
          EmbeddedSettings.of(System.getenv()), EmbeddedPostgres.DEFAULT_MAJOR);

  static Database create(String name) {
    new Database("postgres").execute("create database " + name);
    return new Database(name);
  }

  /** As a platform would give it. */
  String url() {
    return "postgres://%s:%s@%s:%d/%s"
        .formatted(SERVER.user(), SERVER.password(), SERVER.host(), SERVER.port(), name);
  }

  void execute(String sql) {
    try (Connection connection = SERVER.connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The first column of the only row. */
  String query(String sql) {
    try (Connection connection = SERVER.connect(name);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
