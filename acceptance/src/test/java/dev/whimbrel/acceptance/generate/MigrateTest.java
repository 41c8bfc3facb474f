package dev.whimbrel.acceptance.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.whimbrel.Authoring;
import dev.whimbrel.Event;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedScratch;
import dev.whimbrel.embedded.EmbeddedSettings;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateTest {
  private static final String USERS =
      "create table users (id integer primary key, name text not null);";
  private static final String RENAMED =
      "create table users (id integer primary key, full_name text not null);";

  private final List<Event> events = new ArrayList<>();

  @TempDir Path directory;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(directory.resolve("migrations"));
  }

  @Test
  void writesAProvenRevisionItsHeadAndTheSchema() throws IOException {
    Result.Migration migration = migrate(USERS, List.of());
    assertThat(migration.proven()).isTrue();
    assertThat(migration.summary()).isEqualTo("+1 table");
    Result.Written written = written(migration);
    assertThat(Files.readString(written.path()))
        .contains("-- +1 table", "create table users (", "drop table users;");
    assertThat(read("HEAD")).isEqualTo(written.revision().revision() + "\n");
    assertThat(read("schema.sql")).contains("create table users (");
  }

  @Test
  void writesNothingWhenNothingChanges() throws IOException {
    migrate(USERS, List.of());
    Result.Migration again = migrate(USERS, List.of());
    assertThat(again.changes()).isEmpty();
    assertThat(again.written()).isNull();
    assertThat(files()).hasSize(3);
  }

  @Test
  void checkAsksForAMigrationByItsExitCode() throws IOException {
    models(USERS);
    assertThat(whimbrel().check(authoring(List.of())).exit()).isEqualTo(3);
    assertThat(files()).isEmpty();
    migrate(USERS, List.of());
    assertThat(whimbrel().check(authoring(List.of())).exit()).isZero();
  }

  @Test
  void renamesOnlyWhenTold() throws IOException {
    migrate(USERS, List.of());
    models(RENAMED);
    Result.Migration guess = whimbrel().check(authoring(List.of()));
    assertThat(guess.renames()).containsExactly("public.users.name=public.users.full_name");
    assertThat(guess.upgrade()).contains("drop column name");
    Result.Migration told = migrate(RENAMED, List.of("users.name=users.full_name"));
    assertThat(told.upgrade()).isEqualTo("alter table users rename column name to full_name;\n");
    assertThat(told.downgrade()).isEqualTo("alter table users rename column full_name to name;\n");
  }

  @Test
  void refusesToRenameWhatIsNotThere() throws IOException {
    migrate(USERS, List.of());
    models(RENAMED);
    assertThatExceptionOfType(WhimbrelException.class)
        .isThrownBy(() -> whimbrel().check(authoring(List.of("users.nam=users.full_name"))))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.E_USAGE))
        .satisfies(e -> assertThat(e.problem().remedy()).contains("public.users.name"));
  }

  @Test
  void saysWhereTheModelsHaveAnError() throws IOException {
    models("create table users (\n  id integr\n);");
    assertThatExceptionOfType(WhimbrelException.class)
        .isThrownBy(() -> whimbrel().check(authoring(List.of())))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.E_SOURCE))
        .satisfies(e -> assertThat(String.valueOf(e.problem().place())).contains("models.sql:2"));
    assertThat(files()).isEmpty();
  }

  @Test
  void canonicalSqlMakesTheSameSchema() throws IOException {
    models(USERS + "create index on users (name); comment on table users is 'all';");
    String sql = whimbrel().schema("file:models.sql", authoring(List.of())).sql();
    Files.writeString(directory.resolve("again.sql"), sql);
    Result.Migration difference =
        whimbrel().diff("file:models.sql", "file:again.sql", authoring(List.of()));
    assertThat(difference.changes()).isEmpty();
  }

  @Test
  void renamesLabelsOfEnumsWhenTold() throws IOException {
    String table = " create table users (id integer primary key, mood mood);";
    migrate("create type mood as enum ('good', 'bad');" + table, List.of());
    models("create type mood as enum ('fine', 'bad');" + table);
    Result.Migration guess = whimbrel().check(authoring(List.of()));
    assertThat(guess.renames()).containsExactly("public.mood.good=public.mood.fine");
    Result.Migration told = whimbrel().check(authoring(List.of("mood.good=mood.fine")));
    assertThat(told.upgrade()).isEqualTo("alter type mood rename value 'good' to 'fine';\n");
    assertThat(told.downgrade()).isEqualTo("alter type mood rename value 'fine' to 'good';\n");
  }

  @Test
  void showsBothReadingsOfAnAmbiguousRename() throws IOException {
    migrate(USERS, List.of());
    models("create table users (id integer primary key, first text not null, last text not null);");
    assertThat(whimbrel().check(authoring(List.of())).renames())
        .containsExactlyInAnyOrder(
            "public.users.name=public.users.first", "public.users.name=public.users.last");
  }

  @Test
  void warnsOfAStatementThatFailsWhereThereAreRows() throws IOException {
    migrate(USERS, List.of());
    events.clear();
    migrate(
        "create table users (id integer primary key, name text not null, age integer not null);",
        List.of());
    assertThat(events)
        .filteredOn(Event.Warning.class::isInstance)
        .extracting(event -> ((Event.Warning) event).message())
        .anyMatch(message -> message.contains("\"age\"") && message.contains("null values"));
  }

  @Test
  void readsADatabaseThatRefusesEveryWrite() throws IOException, SQLException {
    try (TestDatabase database = PostgresExtension.create(EmbeddedPostgres.DEFAULT_MAJOR)) {
      database.execute(USERS);
      database.execute(
          "alter database \"%s\" set default_transaction_read_only = on"
              .formatted(database.name()));
      models(RENAMED);
      String source = "db:" + database.url();
      Result.Migration difference =
          whimbrel().diff(source, "file:models.sql", authoring(List.of()));
      assertThat(difference.upgrade()).contains("add column full_name");
      assertThat(whimbrel().schema(source, authoring(List.of())).sql())
          .contains("name text not null");
    }
  }

  @Test
  void knowsTheRolesThatRevisionsAndModelsGrantTo() throws IOException {
    migrate(USERS, List.of());
    String models = USERS + "grant select on users to reporting_team;";
    Result.Migration granted = migrate(models, List.of());
    assertThat(granted.upgrade()).contains("to reporting_team");
    assertThat(migrate(models + "create table notes (id integer primary key);", List.of()).proven())
        .isTrue();
  }

  private Result.Migration migrate(String sql, List<String> renames) throws IOException {
    models(sql);
    return whimbrel().migrate(Whimbrel.Draft.of("Change users"), authoring(renames));
  }

  private void models(String sql) throws IOException {
    Files.writeString(directory.resolve("models.sql"), sql);
  }

  private Authoring authoring(List<String> renames) {
    return new Authoring("file:models.sql", directory, renames, List.of(), false, false, "");
  }

  private Whimbrel whimbrel() {
    return Whimbrel.in(directory.resolve("migrations"))
        .events(events::add)
        .scratch(List.of(new EmbeddedScratch(EmbeddedSettings.of(System.getenv()))))
        .build();
  }

  private static Result.Written written(Result.Migration migration) {
    Result.Written written = migration.written();
    assertThat(written).isNotNull();
    return java.util.Objects.requireNonNull(written);
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve("migrations").resolve(name));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("migrations"))) {
      return all.toList();
    }
  }
}
