package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Event;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.acceptance.faults.CutProxy.Moment;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are dead, or as good as dead, while the server still works on what they asked for. */
@ExtendWith(PostgresExtension.class)
class DeadRunsTest {
  private static final String AT_WORK =
      "select count(*) from pg_stat_activity where datname = current_database() and state ="
          + " 'active' and query ilike 'create index concurrently%' and wait_event_type = 'Lock'";

  private static final String BUDGET = "block-budget=1ms";

  @TempDir Path folder;
  private TestDatabase database;
  private Revisions revisions;

  @BeforeEach
  void deployATable(TestDatabase empty) throws Exception {
    database = empty;
    revisions = new Revisions(folder, empty.url());
    revisions.add("1aaa", "create table t (id integer, name text)", "drop table t");
    revisions.whimbrel().deploy("head");
    revisions.add(
        "2bbb",
        "insert into t values (1);\ncreate index concurrently t_name on t (name)",
        "drop index t_name");
  }

  private void assertBuiltOnce() throws SQLException {
    assertThat(database.query("select count(*) from t where id = 1")).isEqualTo("1");
    assertThat(
            database.query(
                "select string_agg(indexrelid::regclass || ' ' || indisvalid, ',') from pg_index"
                    + " where indrelid = 't'::regclass"))
        .isEqualTo("t_name true");
  }

  @Test
  void aRunAtOnceAfterADeadOneEndsItsConcurrentBuildAndBuildsTheIndex() throws Exception {
    List<Event.OrphanFound> orphans = new ArrayList<>();
    try (CutProxy proxy = new CutProxy(database.server().port());
        Connection other = database.connect();
        Statement blocking = other.createStatement()) {
      String through = database.url().replace(":" + database.server().port(), ":" + proxy.port());
      blocking.execute("begin; insert into t values (9)");
      proxy.arm("create index concurrently", Moment.WITHIN, DeadRunsTest::vanish);
      Revisions.refusal(() ->
          revisions
              .at(through + "&sslmode=disable&gssEncMode=disable", event -> {})
              .deploy("head"));
      awaitTrue(AT_WORK);
      revisions
          .with(event -> {
            if (event instanceof Event.OrphanFound orphan) {
              orphans.add(orphan);
              commit(blocking);
            }
          })
          .deploy("head");
    }
    assertThat(orphans).first().satisfies(orphan -> assertThat(orphan.ended()).isTrue());
    assertBuiltOnce();
  }

  /** The server is not told. */
  private static boolean vanish(CutProxy.Line line) {
    line.abandon();
    line.cutOthers();
    return false;
  }

  private static void commit(Statement statement) {
    try {
      statement.execute("commit");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits, on the server, until a query that counts finds something. */
  private void awaitTrue(String counting) throws SQLException {
    for (int i = 0; database.query(counting).equals("0"); i++) {
      assertThat(i).as(counting).isLessThan(1_200);
      database.query("select pg_sleep(0.05)");
    }
  }

  @Test
  void aStoppedProcessIsNamedAndTheSqlThatEndsItLetsTheNextOneFinish() throws Exception {
    Process stopped;
    try (Connection other = database.connect();
        Statement blocking = other.createStatement()) {
      blocking.execute("begin; insert into t values (9)");
      stopped = Deployer.plain().start(folder, database.url());
      awaitTrue(AT_WORK);
      signal(stopped, "STOP");
      WhimbrelException refused =
          Revisions.refusal(() -> revisions.with(event -> {}, "lock-wait=500ms").deploy("head"));
      assertThat(refused.code()).isEqualTo(ErrorCode.E_LOCKED);
      assertThat(refused.code().exit()).isEqualTo(9);
      assertThat(refused).hasMessageContaining("whimbrel lock").hasMessageContaining("127.0.0.1");
      String remedy = refused.problem().remedy();
      database.execute(remedy.substring(remedy.indexOf("select pg_terminate_backend(")));
    }
    assertThat(revisions.whimbrel().deploy("head").current()).containsExactly("2bbb");
    assertBuiltOnce();
    signal(stopped, "CONT");
    assertThat(stopped.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(stopped.exitValue()).isNotZero();
    assertBuiltOnce();
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    assertThat(exit).isZero();
  }

  @Test
  void aCrowdOfProcessesAppliesEachRevisionOnceAndAllEndWell() throws Exception {
    int size = Integer.getInteger("faults.crowd", 3);
    List<Process> crowd = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      crowd.add(Deployer.plain().start(folder, database.url()));
    }
    for (Process process : crowd) {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    assertBuiltOnce();
    assertThat(database.query("select count(*) from whimbrel.journal where event = 'upgraded'"))
        .isEqualTo("2");
  }

  @Test
  void aRunThatWasCutOffBeforeItRememberedTheSchemaIsMadeUpForByTheNext() throws Exception {
    revisions.whimbrel().deploy("head");
    database.execute("delete from whimbrel.meta where key in ('schema', 'files')");
    assertThat(revisions.whimbrel().deploy("head").applied()).isEmpty();
    database.execute("alter table t add column by_hand integer");
    assertThat(revisions.whimbrel().status(true).drift()).isNotEmpty();
  }

  @Test
  void whatADeadRunHadPassedIsNotJudgedByTheRowsItLeft() throws Exception {
    revisions.add(
        "3ccc",
        "create table big (id integer, name text);\n"
            + "insert into big select n, n::text from generate_series(1, 50000) n",
        "drop table big");
    revisions.add("4ddd", "update big set name = name || 'x'", "");
    Whimbrel dying =
        revisions.with(
            event -> {
              if (event instanceof Event.RevisionFinished done
                  && done.applied().revision().equals("3ccc")) {
                throw new IllegalStateException("died");
              }
            },
            BUDGET);
    assertThatThrownBy(() -> dying.deploy("head")).hasMessage("died");
    String plan = database.query("select value from whimbrel.meta where key = 'plan'");
    assertThat(plan).contains("2bbb:", "3ccc:", "4ddd:");
    database.execute("delete from whimbrel.meta where key = 'plan'");
    WhimbrelException refused =
        Revisions.refusal(() -> revisions.with(event -> {}, BUDGET).deploy("head"));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_FINDINGS);
    database.execute("insert into whimbrel.meta values ('plan', '" + plan + "')");
    assertThat(revisions.with(event -> {}, BUDGET).deploy("head").current())
        .containsExactly("4ddd");
    assertThat(database.query("select count(*) from whimbrel.meta where key = 'plan'"))
        .isEqualTo("0");
  }

  @Test
  void aRunThatFoundNothingLeftButToRememberLetsTheNextOneAskOneQuery() throws Exception {
    revisions.whimbrel().deploy("head");
    String settled = database.query("select value from whimbrel.meta where key = 'files'");
    assertThat(settled).isNotEmpty();
    database.execute("delete from whimbrel.meta where key in ('schema', 'files')");
    revisions.whimbrel().deploy("head");
    assertThat(database.query("select value from whimbrel.meta where key = 'files'"))
        .isEqualTo(settled);
  }

  @Test
  void aHistoryOfANewerLayoutIsRefusedAndLeftAlone() throws Exception {
    database.execute("update whimbrel.meta set value = '99' where key = 'layout'");
    WhimbrelException refused = Revisions.refusal(() -> revisions.whimbrel().deploy("head"));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_AHEAD);
    assertThat(refused).hasMessageContaining("99");
    assertThat(database.query("select count(*) from whimbrel.revision")).isEqualTo("1");
  }
}
