package com.werent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.cli.Cli;
import dev.whimbrel.cli.command.Interrupts;
import dev.whimbrel.cli.command.Surroundings;
import dev.whimbrel.error.WhimbrelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow of docs/MIGRATION_WORKFLOW.md, from a changed model to production and back. */
class WorkflowTest {
  private static final String BASE = "04f23c4db7a1";
  private static final String NEXT = "1a2b3c4d5e6f";

  @TempDir private Path old;
  @TempDir private Path project;

  @Test
  void fromAChangedModelToProductionAndBack() throws IOException {
    Database local = Database.create("local");
    Database production = Database.create("production");
    copyProject(old);
    copyProject(project);
    assertThat(whimbrel(old, local, "upgrade").exit).isZero();
    assertThat(whimbrel(old, production, "deploy").exit).isZero();
    production.execute(
        "insert into users (email, password_hash, first_name, last_name, is_admin, is_verified,"
            + " is_active, uuid, created_at, updated_at) values ('a@b.c', 'x', 'A', 'B', false,"
            + " false, true, 'u', now(), now())");

    writeRevision();
    assertThat(whimbrel(project, local, "status").out)
        .contains("Database version: " + BASE, "Latest file version: " + NEXT);
    Ran upgraded = whimbrel(project, local, "upgrade");
    assertThat(upgraded.exit).as(upgraded.err).isZero();

    Ran simulated = whimbrel(project, production, "simulate");
    assertThat(simulated.exit).as(simulated.err).isZero();
    assertThat(simulated.out).contains("Upgrading to:   " + NEXT);
    assertThat(version(production)).startsWith(BASE);

    assertThatThrownBy(() -> Service.start(production, migrationsOf(project)))
        .rootCause()
        .isInstanceOf(WhimbrelException.class)
        .hasMessageContaining("E_PENDING");

    Ran deployed = whimbrel(project, production, "deploy");
    assertThat(deployed.exit).as(deployed.err).isZero();
    assertThat(deployed.out).contains("Database is now at version: " + NEXT);
    assertThat(whimbrel(project, production, "verify").exit).isZero();
    assertThat(production.query("select count(date_of_birth) || '/' || count(*) from users"))
        .isEqualTo("0/1");
    Service.start(production, migrationsOf(project)).close();

    rollTheCodeBack(production);
    rollTheSchemaBack(production);
  }

  /** The old program neither refuses a database that is ahead nor takes it down by itself. */
  private void rollTheCodeBack(Database production) {
    Ran ahead = whimbrel(old, production, "deploy");
    assertThat(ahead.exit).as(ahead.err).isZero();
    assertThat(ahead.out).contains("ahead");
    try (Service service = Service.start(production, migrationsOf(old))) {
      assertThat(service.get("/users")).contains("a@b.c");
    }
    assertThat(version(production)).startsWith(NEXT);
  }

  /** With the old files only: the database kept the SQL of the way down. */
  private void rollTheSchemaBack(Database production) {
    Ran down = whimbrel(old, production, "downgrade", BASE, "--yes");
    assertThat(down.exit).as(down.err).isZero();
    assertThat(version(production)).startsWith(BASE);
    assertThat(
            production.query(
                "select count(*) from information_schema.columns"
                    + " where column_name = 'date_of_birth'"))
        .isEqualTo("0");
    assertThat(production.query("select email from users")).isEqualTo("a@b.c");
  }

  private void writeRevision() throws IOException {
    Files.writeString(
        project.resolve("migrations/20260109_1a2b3c4d5e6f_add_new_user_fields.sql"),
        """
        -- revision: 1a2b3c4d5e6f
        -- revises:  04f23c4db7a1
        -- message:  Add new user fields

        -- +upgrade

        alter table users add column date_of_birth date;

        -- +downgrade

        alter table users drop column date_of_birth;
        """);
    Files.writeString(project.resolve("migrations/HEAD"), NEXT + "\n");
  }

  private String version(Database database) {
    return whimbrel(project, database, "current").out.strip();
  }

  private static String migrationsOf(Path folder) {
    return "whimbrel.migrations=" + folder.resolve("migrations");
  }

  private static void copyProject(Path to) throws IOException {
    Files.copy(Path.of("whimbrel.toml"), to.resolve("whimbrel.toml"));
    Files.createDirectories(to.resolve("migrations"));
    try (Stream<Path> files = Files.list(Path.of("migrations"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve("migrations").resolve(file.getFileName()));
      }
    }
  }

  private record Ran(int exit, String out, String err) {}

  private static Ran whimbrel(Path project, Database database, String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings around =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream(),
            Map.of("HOME", System.getProperty("user.home")),
            "",
            "");
    List<String> arguments =
        Stream.concat(
                Stream.of("-C", project.toString(), "--url", database.url()), Stream.of(command))
            .toList();
    int exit = new Cli(around, new Interrupts()).run(arguments.toArray(String[]::new));
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
