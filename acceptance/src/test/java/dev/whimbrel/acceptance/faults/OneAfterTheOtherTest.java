package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Event;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The transaction of a revision begins in the message that ends the one before it. */
@ExtendWith(PostgresExtension.class)
class OneAfterTheOtherTest {
  @TempDir Path folder;
  private TestDatabase database;
  private Revisions revisions;

  @BeforeEach
  void writeOneRevision(TestDatabase empty) throws Exception {
    database = empty;
    revisions = new Revisions(folder, empty.url());
    revisions.add("1aaa", "create table t (id integer primary key)", "drop table t");
  }

  private void thenComes(String id) throws Exception {
    revisions.add(id, "create table last_one (id integer)", "drop table last_one");
  }

  private String exists(String table) throws SQLException {
    return database.query("select to_regclass('" + table + "') is not null");
  }

  private String openTransactions() throws SQLException {
    return database.query(
        "select count(*) from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid() and application_name like 'whimbrel%'"
            + " and state like 'idle in transaction%'");
  }

  @Test
  void theStatementThatFailsIsNamedWithItsLineAndWhatIsDone() throws Exception {
    revisions.add(
        "2bbb", "insert into t values (1);\n\nselect 1 / (id - 1) from t", "delete from t");
    thenComes("3ccc");
    WhimbrelException refused = Revisions.refusal(() -> revisions.whimbrel().deploy("head"));
    assertThat(refused).hasMessageContaining("Statement 2 of 2").hasMessageContaining("zero");
    assertThat(refused.problem().place()).isNotNull().extracting(Place::line).isEqualTo(9);
    assertThat(refused.problem().done()).singleElement().asString().contains("1aaa");
    assertThat(refused.problem().notDone()).hasSize(2).first().asString().contains("2bbb");
    assertThat(database.query("select count(*) from t")).isEqualTo("0");
    assertThat(exists("last_one")).isEqualTo("f");
    assertThat(revisions.whimbrel().status(false).current()).containsExactly("1aaa");
  }

  @Test
  void aCommitThatFailsLetsNothingAfterItThrough() throws Exception {
    revisions.add(
        "2bbb",
        "create table u (id integer references t deferrable initially deferred)",
        "drop table u");
    revisions.add("3ccc", "insert into u values (7)", "delete from u");
    thenComes("4ddd");
    WhimbrelException refused = Revisions.refusal(() -> revisions.whimbrel().deploy("head"));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_STATEMENT);
    assertThat(refused).hasMessageContaining("3ccc").hasMessageContaining("foreign key");
    assertThat(refused.problem().done()).hasSize(2);
    assertThat(database.query("select count(*) from u")).isEqualTo("0");
    assertThat(exists("last_one")).isEqualTo("f");
    assertThat(database.query("select string_agg(id, ',' order by id) from whimbrel.revision"))
        .isEqualTo("1aaa,2bbb");
    assertThat(openTransactions()).isEqualTo("0");
  }

  /** What the server keeps of a query is the text of its message. */
  @Test
  void aStatementIsAMessageOfItsOwn() throws Exception {
    revisions.add(
        "2bbb",
        """
        create table seen (query text);
        create function see() returns event_trigger language plpgsql as
          $$ begin insert into seen values (current_query()); end $$;
        create event trigger seeing on ddl_command_end when tag in ('CREATE TABLE')
          execute function see()\
        """,
        "drop event trigger seeing; drop function see(); drop table seen");
    revisions.add("3ccc", "create table a (id integer)", "drop table a");
    revisions.add("4ddd", "create table b (id integer);\ncreate table c (id integer)", "");
    revisions.whimbrel().deploy("head");
    database.execute("drop event trigger seeing");
    assertThat(database.query("select string_agg(query, '|' order by ctid) from seen"))
        .isEqualTo(
            "create table a (id integer)|create table b (id integer)|create table c (id integer)");
  }

  @Test
  void whatIsCommittedIsDoneEvenIfTheNextTransactionCannotBegin() throws Exception {
    String role = "role_of_" + database.name();
    database.execute("create role " + role);
    database.execute("grant create on schema public to " + role);
    try {
      revisions.add("2bbb", "reset role;\nalter role " + role + " rename to other_" + role, "");
      thenComes("3ccc");
      List<String> finished = new ArrayList<>();
      WhimbrelException refused =
          Revisions.refusal(
              () -> revisions.with(finishedInto(finished), "role=" + role).deploy("head"));
      assertThat(finished).containsExactly("1aaa", "2bbb");
      assertThat(refused).hasMessageContaining(role);
      assertThat(refused.problem().done()).hasSize(2);
      assertThat(revisions.whimbrel().status(false).current()).containsExactly("2bbb");
    } finally {
      database.execute("reassign owned by other_" + role + " to current_user");
      database.execute("drop owned by other_" + role);
      database.execute("drop role other_" + role);
    }
  }

  @Test
  void whatARevisionSetIsSetOnceBeforeAStatementThatRunsAlone() throws Exception {
    revisions.add(
        "2bbb",
        """
        create sequence n;
        select set_config('whimbrel.test', 'x', false), nextval('n');
        create index concurrently t_id on t (id)\
        """,
        "drop index t_id; drop sequence n");
    assertThat(revisions.whimbrel().deploy("head").current()).containsExactly("2bbb");
    assertThat(database.query("select last_value from n")).isEqualTo("2");
  }

  @Test
  void theHistoryIsOursWhereARevisionWorksAsAnotherAndMayOnlyRead() throws Exception {
    String role = "role_of_" + database.name();
    database.execute("create role " + role);
    try {
      database.execute("grant create on schema public to " + role);
      revisions.add(
          "2bbb",
          """
          set role %s;
          create table u (id integer);
          set default_transaction_read_only = on;
          -- +statement
          vacuum u;
          -- +end
          reset default_transaction_read_only;
          create index concurrently u_id on u (id)\
          """
              .formatted(role),
          "drop table u");
      assertThat(revisions.whimbrel().deploy("head").current()).containsExactly("2bbb");
      assertThat(database.query("select relowner::regrole from pg_class where relname = 'u_id'"))
          .isEqualTo(role);
      assertThat(
              database.query(
                  "select string_agg(distinct applied_by, ',') from" + " whimbrel.revision"))
          .isEqualTo(database.server().user());
    } finally {
      database.execute("drop owned by " + role);
      database.execute("drop role " + role);
    }
  }

  private static Consumer<Event> finishedInto(List<String> finished) {
    return event -> {
      if (event instanceof Event.RevisionFinished done) {
        finished.add(done.applied().revision());
      }
    };
  }

  @Test
  void whoLostTheLockCommitsNothingMore() throws Exception {
    revisions.add("2bbb", "insert into t values (1)", "delete from t");
    thenComes("3ccc");
    Consumer<Event> ending =
        event -> {
          if (event instanceof Event.StatementStarted started
              && started.revision().equals("2bbb")) {
            endTheLock();
          }
        };
    WhimbrelException refused = Revisions.refusal(() -> revisions.with(ending).deploy("head"));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_LOCKED);
    assertThat(database.query("select count(*) from t")).isEqualTo("0");
    assertThat(exists("last_one")).isEqualTo("f");
    assertThat(revisions.whimbrel().deploy("head").applied()).hasSize(2);
  }

  private void endTheLock() {
    try {
      assertThat(
              database.query(
                  "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity"
                      + " where datname = current_database()"
                      + " and application_name like 'whimbrel lock %'"))
          .isEqualTo("1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
