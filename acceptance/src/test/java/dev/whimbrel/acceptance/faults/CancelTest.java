package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Decision;
import dev.whimbrel.Event;
import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a signal or a deadline does while the server is at work. */
@ExtendWith(PostgresExtension.class)
class CancelTest {
  private final AtomicReference<Whimbrel> running = new AtomicReference<>();
  @TempDir Path folder;
  private TestDatabase database;
  private Revisions revisions;

  @BeforeEach
  void writeOneRevision(TestDatabase empty) throws Exception {
    database = empty;
    revisions = new Revisions(folder, empty.url());
    revisions.add("1aaa", "create table t (id integer, name text)", "drop table t");
    revisions.whimbrel().deploy("head");
  }

  /** A deployer that is told to stop as soon as a statement with this text has begun. */
  private WhimbrelException stoppedAt(String text, String... options) {
    Whimbrel whimbrel =
        revisions.with(
            event -> {
              if (event instanceof Event.StatementStarted started && started.sql().contains(text)) {
                Thread.ofVirtual().start(() -> running.get().cancel());
              }
            },
            options);
    running.set(whimbrel);
    return Revisions.refusal(() -> whimbrel.deploy("head"));
  }

  @Test
  void rollsBackTheRevisionWhoseStatementIsCancelledAndSaysSoInTheJournal() throws Exception {
    revisions.add("2bbb", "insert into t values (1);\nselect pg_sleep(600)", "delete from t");
    WhimbrelException stopped = stoppedAt("pg_sleep");
    assertThat(stopped.code()).isEqualTo(ErrorCode.E_CANCELLED);
    assertThat(stopped.problem().notDone()).containsExactly("revision 2bbb (2bbb)");
    assertThat(database.query("select count(*) from t")).isEqualTo("0");
    assertThat(database.query("select event from whimbrel.journal order by seq desc limit 1"))
        .isEqualTo("interrupted");
    assertThat(revisions.whimbrel().status(false).state()).isEqualTo(State.PENDING);
  }

  @Test
  void theDeadlineDoesTheSameByItself() throws Exception {
    revisions.add("2bbb", "insert into t values (1);\nselect pg_sleep(600)", "delete from t");
    WhimbrelException stopped =
        Revisions.refusal(() -> revisions.with(event -> {}, "deadline=1s").deploy("head"));
    assertThat(stopped.code()).isEqualTo(ErrorCode.E_CANCELLED);
    assertThat(stopped).hasMessageContaining("deadline of 1 s");
    assertThat(database.query("select count(*) from t")).isEqualTo("0");
  }

  @Test
  void cancelsRowsThatAreBeingCopied() throws Exception {
    revisions.add(
        "2bbb", "select 1;\ncopy t from stdin;\n0\tnone\n1\tone\n\\.\nselect 1", "select 1");
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("begin; lock table t in share mode");
      assertThat(stoppedAt("copy t", "lock-timeout=0").code()).isEqualTo(ErrorCode.E_CANCELLED);
    }
    assertThat(revisions.whimbrel().deploy("head").current()).containsExactly("2bbb");
    assertThat(database.query("select string_agg(id::text, ',' order by id) from t"))
        .isEqualTo("0,1");
  }

  @Test
  void resumeFinishesAConcurrentBuildThatWasCancelledAndThenHasNothingToDo() throws Exception {
    revisions.add(
        "2bbb",
        "insert into t values (1);\ncreate index concurrently t_name on t (name)",
        "drop index t_name");
    revisions.add("3ccc", "insert into t values (2)", "delete from t where id = 2");
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("begin; insert into t values (9)");
      assertThat(stoppedAt("concurrently").code()).isEqualTo(ErrorCode.E_CANCELLED);
    }
    assertThat(revisions.whimbrel().status(false).state()).isEqualTo(State.INTERRUPTED);
    assertThat(revisions.whimbrel().resume().current()).containsExactly("2bbb");
    assertThat(database.query("select count(*) from t")).isEqualTo("1");
    assertThat(
            database.query(
                "select string_agg(indexrelid::regclass::text, ',') from pg_index where indisvalid"
                    + " and indrelid = 't'::regclass"))
        .isEqualTo("t_name");
    assertThat(Revisions.refusal(() -> revisions.whimbrel().resume()).code())
        .isEqualTo(ErrorCode.E_USAGE);
    assertThat(revisions.whimbrel().deploy("head").current()).containsExactly("3ccc");
  }

  @Test
  void saysWhatAPersonHasToDecideWhereNobodyCanTellWhatAStatementDid() throws Exception {
    database.execute(
        "create procedure work() language plpgsql as 'begin perform pg_sleep(600); end'");
    revisions.add("2bbb", "-- +no-transaction\ncall work()", "select 1");
    assertThat(stoppedAt("call work").code()).isEqualTo(ErrorCode.E_CANCELLED);
    WhimbrelException open = Revisions.refusal(() -> revisions.whimbrel().deploy("head"));
    assertThat(open.code()).isEqualTo(ErrorCode.E_INTERRUPTED);
    assertThat(open.problem().remedy()).contains("resume --done").contains("resume --not-done");
    assertThat(revisions.whimbrel().resume(Decision.DONE).current()).containsExactly("2bbb");
    assertThat(revisions.whimbrel().status(false).state()).isEqualTo(State.IN_SYNC);
  }

  @Test
  void runsAgainWhatAPersonSaysWasNotDoneAndNothingElse() throws Exception {
    database.execute(
        "create procedure work() language plpgsql as 'begin insert into t values (1); commit;"
            + " perform pg_sleep(600); end'");
    revisions.add("2bbb", "insert into t values (0);\n-- +no-transaction\ncall work()", "select 1");
    assertThat(stoppedAt("call work").code()).isEqualTo(ErrorCode.E_CANCELLED);
    database.execute("delete from t where id = 1");
    database.execute(
        "create or replace procedure work() language plpgsql as 'begin insert into t values (1);"
            + " end'");
    assertThat(revisions.whimbrel().resume(Decision.NOT_DONE).current()).containsExactly("2bbb");
    assertThat(database.query("select string_agg(id::text, ',' order by id) from t"))
        .isEqualTo("0,1");
  }
}
