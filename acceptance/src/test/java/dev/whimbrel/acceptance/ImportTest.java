package dev.whimbrel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Import;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedScratch;
import dev.whimbrel.embedded.EmbeddedSettings;
import dev.whimbrel.error.Problem;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.PostgresMajor;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Histories of other tools, brought over to databases those tools have made. */
@ExtendWith(PostgresExtension.class)
@PostgresMajor(15)
class ImportTest {
  private static final Path WERENT = Path.of("src/test/resources/import/werent");
  private static final String INITIAL = "04f23c4db7a1";

  @TempDir Path folder;

  private Whimbrel whimbrel(TestDatabase database) {
    return Whimbrel.in(folder.resolve("migrations"))
        .url(database.url())
        .scratch(List.of(new EmbeddedScratch(EmbeddedSettings.of(System.getenv()))))
        .build();
  }

  private static Import alembic(boolean write) {
    return new Import(
        "alembic",
        WERENT,
        List.of(WERENT.resolve("up.sql")),
        List.of(WERENT.resolve("down.sql")),
        Map.of(),
        null,
        true,
        write);
  }

  /** What Alembic does for {@code upgrade 04f23c4db7a1}. */
  private static void atInitial(TestDatabase database) throws Exception {
    String script = Files.readString(WERENT.resolve("up.sql"));
    int next = script.indexOf("-- Running upgrade " + INITIAL);
    database.execute(script.substring(0, next) + "COMMIT;");
  }

  @Test
  void bringsTheOriginalBackendOverFromAlembic(TestDatabase database) throws Exception {
    atInitial(database);
    Whimbrel whimbrel = whimbrel(database);
    Files.createDirectories(folder.resolve("migrations"));
    Problem refusal = Objects.requireNonNull(whimbrel.status(false).refusal());
    assertThat(refusal.problem()).contains("Alembic", "public.alembic_version");
    assertThat(refusal.remedy()).contains("whimbrel import alembic");

    Result.Imported look = whimbrel.importFrom(alembic(false));
    assertThat(look.problems()).isEmpty();
    assertThat(look.proven()).isTrue();
    assertThat(look.written()).isEmpty();
    assertThat(look.recorded()).isFalse();

    Result.Imported first = whimbrel.importFrom(alembic(true));
    assertThat(first.written()).hasSize(2);
    assertThat(first.adopted()).isTrue();
    assertThat(whimbrel.status(true).current()).containsExactly(INITIAL);

    Result.Imported second = whimbrel.importFrom(alembic(true));
    assertThat(second.written()).isEmpty();
    assertThat(second.adopted()).isFalse();
    assertThat(second.recorded()).isTrue();

    assertThat(whimbrel.deploy("head").current()).containsExactly("1a2b3c4d5e6f");
    assertThat(whimbrel.importFrom(alembic(true)).problems()).isEmpty();
    assertThat(database.query("select string_agg(version_num, ',') from alembic_version"))
        .isEqualTo(INITIAL);
    assertThat(whimbrel.downgrade("base").current()).isEmpty();
  }

  /** Stands for an Alembic that is sent to a scratch database and prints nothing. */
  private static String observed(
      Map<String, String> variables, List<String> arguments, AtomicInteger runs) {
    Path script = Path.of(Objects.requireNonNull(variables.get("WHIMBREL_OBSERVED")));
    Path hook = Path.of(Objects.requireNonNull(variables.get("PYTHONPATH")));
    assertThat(hook.resolve("sitecustomize.py")).exists();
    assertThat(variables.get("PGDATABASE")).startsWith("whimbrel_");
    String ran =
        switch (arguments.get(0)) {
          case "upgrade" ->
              "-- Running upgrade  -> a1\n\ncreate type mood as enum ('sad');\n\n"
                  + "create table person (mood mood default 'sad');\n"
                  + "insert into person select where "
                  + runs.incrementAndGet()
                  + " = 0;\n";
          case "downgrade" -> "-- Running downgrade a1 -> \n\ndrop table person;\n";
          default -> "-- Observing\nBEGIN;\n";
        };
    try {
      Files.writeString(script, ran, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "";
  }

  @Test
  void takesWhatAlembicRunsOnScratchAndKeepsItTheSecondTime(TestDatabase database)
      throws Exception {
    Path versions = Files.createDirectories(folder.resolve("py/versions"));
    Files.writeString(folder.resolve("py/env.py"), "");
    Files.writeString(versions.resolve("a1.py"), "revision = 'a1'\ndown_revision = None\n");
    database.execute(
        "create type mood as enum ('sad'); create table person (mood mood default 'sad');"
            + "create table alembic_version (version_num text primary key);"
            + "insert into alembic_version values ('a1')");
    AtomicInteger runs = new AtomicInteger();
    Import request =
        new Import(
            "alembic",
            folder.resolve("py"),
            List.of(),
            List.of(),
            Map.of("observe", "true"),
            (directory, arguments, variables) -> observed(variables, arguments, runs),
            true,
            true);
    Result.Imported first = whimbrel(database).importFrom(request);
    assertThat(first.problems()).isEmpty();
    assertThat(first.proven()).isTrue();
    assertThat(first.notes())
        .anyMatch(note -> note.contains("leaves behind") && note.contains("enum public.mood"));
    assertThat(Files.readString(first.written().get(0))).contains("1 = 0", "drop table person");

    Result.Imported second = whimbrel(database).importFrom(request);
    assertThat(second.problems()).isEmpty();
    assertThat(second.written()).isEmpty();
    assertThat(second.notes()).anyMatch(note -> note.contains("its file is kept"));
  }

  @Test
  void writesNothingWhenTheSchemaIsNotWhatTheRevisionsGive(TestDatabase database) throws Exception {
    atInitial(database);
    database.execute("alter table users add column by_hand text");
    Result.Imported result = whimbrel(database).importFrom(alembic(true));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.problems()).extracting(Problem::key).containsExactly("import.proof");
    assertThat(result.problems().get(0).problem()).contains("only the database has", "by_hand");
    assertThat(folder.resolve("migrations")).doesNotExist();
    assertThat(database.query("select to_regnamespace('whimbrel') is null")).isEqualTo("t");
  }

  @Test
  void bringsOverWhatFlywayDidBesidesItsFiles(TestDatabase database) throws Exception {
    Path project = folder.resolve("project");
    file(project, "flyway.conf", "flyway.defaultSchema=app\n");
    String home = "src/main/resources/db/migration/";
    file(project, home + "V1__a.sql", "create table person (name citext);\n");
    file(project, home + "V2__b.sql", "create index concurrently by_name on person (name);\n");
    file(project, home + "V2__b.sql.conf", "executeInTransaction=false\n");
    file(project, "src/main/java/db/migration/V3__C.java", "class V3__C {}\n");
    database.execute(
        """
        create extension citext;
        create schema app;
        create table app.person (name citext, added int);
        create index by_name on app.person (name);
        create table app.flyway_schema_history (installed_rank int primary key,
          version text, description text, type text, script text, checksum int, success bool);
        insert into app.flyway_schema_history values
          (1, '1', 'a', 'SQL', 'V1__a.sql', null, true),
          (2, '2', 'b', 'SQL', 'V2__b.sql', null, true),
          (3, '3', 'C', 'JDBC', 'db.migration.V3__C', null, true);
        """);
    Whimbrel whimbrel = whimbrel(database);
    assertThat(whimbrel.importFrom(flyway(project, false)).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.problem()).contains("app.person.added"));

    file(
        folder.resolve("migrations"),
        "3_c.sql",
        """
        -- revision: 3
        -- revises:  2
        -- message:  C

        -- +upgrade

        alter table app.person add column added int;
        """);
    Result.Imported imported = whimbrel.importFrom(flyway(project, true));
    assertThat(imported.problems()).isEmpty();
    assertThat(imported.proven()).isTrue();
    assertThat(imported.written()).hasSize(2);
    assertThat(imported.notes()).anyMatch(note -> note.contains("the extension citext"));
    assertThat(whimbrel.importFrom(flyway(project, true)).problems()).isEmpty();
  }

  private static Import flyway(Path project, boolean write) {
    return new Import("flyway", project, List.of(), List.of(), Map.of(), null, true, write);
  }

  private static void file(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }
}
