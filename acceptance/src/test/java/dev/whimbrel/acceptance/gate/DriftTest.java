package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Authoring;
import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What changed past the revisions: told, written as a revision, undone. */
@ExtendWith(PostgresExtension.class)
class DriftTest {
  @TempDir Path folder;
  private TestDatabase database;
  private Chain chain;

  @BeforeEach
  void deploy(TestDatabase empty) throws IOException {
    database = empty;
    chain = new Chain(folder, empty.url());
    chain.add("1aaaa", "create table users (id integer primary key, name text)");
    chain.whimbrel().deploy("head");
  }

  @Test
  void adoptsWhatChangedAndRecordsThatTheDatabaseHasIt() throws Exception {
    database.execute(
        "alter table users add column phone text; create index users_name on users (name);"
            + " create table tags (name text primary key); insert into users values (1, 'a', 'b')");
    Result.Migration adopted = adopt("By hand");
    assertThat(adopted.proven()).isTrue();
    Result.Written written = java.util.Objects.requireNonNull(adopted.written());
    assertThat(Files.readString(written.path())).contains("add column phone text", "create table");
    assertThat(Files.readString(folder.resolve("schema.sql"))).contains("phone");
    assertThat(chain.whimbrel().status(true).state()).isEqualTo(State.IN_SYNC);
    assertThat(chain.whimbrel().status(true).current())
        .containsExactly(written.revision().revision());
    assertThat(chain.whimbrel().verify(true).exit()).isZero();
    try (TestDatabase other = PostgresExtension.create(18)) {
      assertThat(chain.at(other.url()).deploy("head").current())
          .isEqualTo(List.of(written.revision().revision()));
      assertThat(other.query("select count(phone) from users")).isEqualTo("0");
    }
    assertThat(database.query("select phone from users")).isEqualTo("b");
  }

  @Test
  void adoptsARenameAsARename() throws Exception {
    database.execute("alter table users rename column name to full_name");
    Authoring renamed =
        new Authoring(
            "", folder, List.of("users.name=users.full_name"), List.of(), false, false, "");
    Result.Migration adopted = chain.whimbrel().adopt(Whimbrel.Draft.of("Renamed"), renamed);
    assertThat(adopted.upgrade()).isEqualTo("alter table users rename column name to full_name;\n");
    assertThat(chain.whimbrel().verify(true).drift()).isEmpty();
  }

  @Test
  void undoesWhatChangedWithTheSqlItPrints() throws Exception {
    database.execute(
        "alter table users add column phone text not null default 'x'; alter table users drop"
            + " column name; create function f() returns integer language sql as 'select 1'");
    Result.Migration undo = chain.whimbrel().revert(Authoring.of("", folder));
    assertThat(chain.whimbrel().verify(true).drift()).isNotEmpty();
    database.execute(undo.upgrade());
    assertThat(chain.whimbrel().verify(true).drift()).isEmpty();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("1aaaa.sql", "HEAD");
  }

  @Test
  void keepsDriftOverADeployment() throws Exception {
    database.execute("alter table users add column phone text");
    chain.add("2bbbb", "create table tags (name text primary key)");
    assertThatThrownBy(() -> adopt("Too early")).hasMessageContaining("PENDING");
    assertThat(chain.whimbrel().deploy("head").drift())
        .containsExactly("+ column public.users.phone");
    assertThat(chain.whimbrel().verify(true).drift())
        .containsExactly("+ column public.users.phone");
    adopt("Now");
    assertThat(chain.whimbrel().verify(true).drift()).isEmpty();
  }

  @Test
  void adoptsGrantsToRolesThatTheRevisionsKnow() throws Exception {
    String role = "writer_" + database.name();
    database.execute("create role " + role);
    try {
      chain.add("2bbbb", "grant select on users to " + role);
      chain.whimbrel().deploy("head");
      database.execute("grant insert on users to " + role + "; grant select on users to public");
      Result.Migration adopted = adopt("Grants");
      assertThat(adopted.unmodelled()).isEmpty();
      Result.Written written = java.util.Objects.requireNonNull(adopted.written());
      assertThat(Files.readString(written.path()))
          .contains("grant insert on users to " + role, "to public;");
      assertThat(chain.whimbrel().verify(true).drift()).isEmpty();
    } finally {
      database.execute("drop owned by " + role + "; drop role " + role);
    }
  }

  @Test
  void leavesGrantsToRolesThatNoRevisionKnows() throws Exception {
    String role = "reader_" + database.name();
    database.execute("create role " + role + "; grant select on users to " + role);
    try {
      Result.Migration adopted = adopt("Grants");
      assertThat(adopted.written()).isNull();
      assertThat(adopted.unmodelled()).singleElement().asString().contains(role);
      assertThat(chain.whimbrel().verify(true).drift()).hasSize(1);
      assertThat(chain.whimbrel().revert(Authoring.of("", folder)).upgrade()).contains("revoke");
    } finally {
      database.execute("drop owned by " + role + "; drop role " + role);
    }
  }

  @Test
  void leavesWhatARepeatableRevisionMakesToItsFile() throws Exception {
    Path file = folder.resolve("words.sql");
    String words =
        """
        -- revision: words
        -- message: Words

        -- +upgrade

        -- +repeatable
        %s;

        -- +downgrade

        drop view words;
        """;
    Files.writeString(
        file, words.formatted("create or replace view words as select name from users"));
    chain.whimbrel().deploy("head");
    String byHand = "create or replace view words as select name, id from users";
    database.execute(byHand + "; alter table users add column phone text");
    Result.Migration adopted = adopt("Both");
    assertThat(adopted.changes()).hasSize(1);
    assertThat(adopted.unmodelled()).singleElement().asString().contains("words", "its file");
    Files.writeString(file, words.formatted(byHand));
    chain.whimbrel().deploy("head");
    assertThat(adopt("Taken note of").written()).isNull();
    assertThat(chain.whimbrel().verify(true).drift()).isEmpty();
  }

  @Test
  void tellsWhoAndWhenFromTheLogOfTheGuide() throws Exception {
    String guide = Files.readString(Path.of("../docs/guide/drift.md"));
    int start = guide.indexOf("```sql\n") + "```sql\n".length();
    database.execute(guide.substring(start, guide.indexOf("```", start)));
    database.execute(
        "set application_name = 'psql'; alter table users add column phone text; alter table users"
            + " drop column name; create function f(a integer) returns integer language sql as"
            + " 'select 1'");
    Result.Verification found = chain.whimbrel().verify(true);
    assertThat(found.drift()).hasSize(3);
    assertThat(
            found.traces().stream()
                .map(trace ->
                    trace.change()
                        + ": "
                        + trace.command()
                        + " by "
                        + trace.by()
                        + " with "
                        + trace.app())
                .collect(Collectors.toList()))
        .containsExactlyInAnyOrder(
            "- column public.users.name: ALTER TABLE by %s with psql"
                .formatted(database.server().user()),
            "+ column public.users.phone: ALTER TABLE by %s with psql"
                .formatted(database.server().user()),
            "+ routine public.f.integer: CREATE FUNCTION by %s with psql"
                .formatted(database.server().user()));
    assertThat(found.traces()).allSatisfy(trace -> assertThat(trace.at()).isNotNull());
    database.execute("drop event trigger whimbrel_ddl; drop event trigger whimbrel_drop");
  }

  private Result.Migration adopt(String message) {
    return chain.whimbrel().adopt(Whimbrel.Draft.of(message), Authoring.of("", folder));
  }
}
