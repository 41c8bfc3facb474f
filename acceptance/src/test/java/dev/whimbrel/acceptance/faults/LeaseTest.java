package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Event;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Locking.DeployLock;
import dev.whimbrel.dialect.postgresql.PostgresqlDialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server without advisory locks, played by one whose function for them answers as such servers
 * do: CockroachDB grants everything to everybody, older YugabyteDB refuses.
 */
@ExtendWith(PostgresExtension.class)
class LeaseTest {
  private static final String GRANTS = "begin return true; end";
  private static final String REFUSES =
      "begin raise exception 'advisory locks are not supported' using errcode = '0A000'; end";
  private static final String EXPIRE =
      "update whimbrel.lease set expires = clock_timestamp() - interval '1 s'";
  private static final int CROWD = 8;

  @TempDir Path folder;
  private TestDatabase database;
  private Revisions revisions;

  @BeforeEach
  void writeTwoRevisions(TestDatabase empty) throws Exception {
    database = empty;
    revisions = new Revisions(folder, empty.url());
    revisions.add("1aaa", "create table t (id integer)", "drop table t");
    revisions.add(
        "2bbb",
        "insert into t values (1);\ncreate index concurrently t_id on t (id)",
        "drop index t_id");
  }

  private void withoutLocks(String body) throws Exception {
    database.execute(
        "create schema fake; create function fake.pg_try_advisory_xact_lock(bigint) returns boolean"
            + " language plpgsql as '"
            + body.replace("'", "''")
            + "'");
    database.execute(
        "alter database \"" + database.name() + "\" set search_path = public, fake, pg_catalog");
  }

  /** A history, so that the function that plays the server is no object of an untracked one. */
  private void deployFirst() throws Exception {
    revisions.whimbrel().deploy("1aaa");
  }

  @ParameterizedTest
  @ValueSource(strings = {GRANTS, REFUSES})
  void aCrowdAppliesEachRevisionOnce(String body) throws Exception {
    deployFirst();
    withoutLocks(body);
    List<String> applied = Collections.synchronizedList(new ArrayList<>());
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      Thread deployer =
          Thread.ofPlatform()
              .unstarted(() ->
                  revisions
                      .whimbrel()
                      .deploy("head")
                      .applied()
                      .forEach(one -> applied.add(one.revision())));
      deployer.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
      crowd.add(deployer);
    }
    crowd.forEach(Thread::start);
    for (Thread deployer : crowd) {
      deployer.join();
    }
    assertThat(failures).isEmpty();
    assertThat(applied).containsExactly("2bbb");
    assertThat(database.query("select count(*) from t")).isEqualTo("1");
    assertThat(database.query("select count(*) from whimbrel.lease")).isEqualTo("1");
  }

  @Test
  void theSqlThatEndsAStalledHolderDoesAndTheHolderWritesNothingAfterwards() throws Exception {
    deployFirst();
    withoutLocks(GRANTS);
    List<WhimbrelException> waited = new ArrayList<>();
    Whimbrel stalled =
        revisions.with(event -> {
          if (event instanceof Event.RevisionStarted) {
            waited.add(
                Revisions.refusal(
                    () -> revisions.with(other -> {}, "lock-wait=200ms").deploy("head")));
            endAsTold(waited.get(0));
            assertThat(revisions.whimbrel().deploy("head").applied()).hasSize(1);
          }
        });
    WhimbrelException fenced = Revisions.refusal(() -> stalled.deploy("head"));
    assertThat(waited.get(0).code()).isEqualTo(ErrorCode.E_LOCKED);
    assertThat(waited.get(0)).hasMessageContaining("whimbrel lock");
    assertThat(fenced.code()).isEqualTo(ErrorCode.E_LOCKED);
    assertThat(database.query("select count(*) from t")).isEqualTo("1");
  }

  private void endAsTold(WhimbrelException refusal) {
    String remedy = refusal.problem().remedy();
    try {
      database.execute(remedy.substring(remedy.indexOf("update ")));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private DeployLock lock(String run) {
    return PostgresqlDialect.create()
        .locking()
        .open(DatabaseUrl.parse(database.url()), "whimbrel", run, Duration.ofSeconds(10));
  }

  @Test
  void anExpiredLeaseIsTakenOverAndItsOldHolderCannotCommit() throws Exception {
    withoutLocks(REFUSES);
    try (DeployLock old = lock("old");
        DeployLock next = lock("next");
        Connection work = database.connect();
        Statement statement = work.createStatement()) {
      assertThat(List.of(old.tryAcquire(), old.tryAcquire())).contains(true);
      assertThat(next.tryAcquire()).isFalse();
      assertThat(String.valueOf(next.holder())).contains("whimbrel lock old");
      List<String> fence = old.fence();
      database.execute(EXPIRE);
      assertThat(next.tryAcquire()).isTrue();
      assertThat(old.isHeld()).isFalse();
      assertThat(next.isHeld()).isTrue();
      assertThatThrownBy(() -> statement.execute(fence.get(0))).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void nobodyTakesALeaseOverWhileItsHolderCommits() throws Exception {
    withoutLocks(REFUSES);
    try (DeployLock old = lock("old");
        DeployLock next = lock("next");
        Connection work = database.connect();
        Statement statement = work.createStatement()) {
      assertThat(List.of(old.tryAcquire(), old.tryAcquire())).contains(true);
      statement.execute("begin");
      statement.execute(old.fence().get(0));
      assertThat(next.tryAcquire()).isFalse();
      statement.execute("commit");
      database.execute(EXPIRE);
      assertThat(next.tryAcquire()).isTrue();
    }
  }

  @Test
  void aHolderThatIsGoneKeepsTheLeaseUntilItExpires() throws Exception {
    withoutLocks(REFUSES);
    try (DeployLock old = lock("old");
        DeployLock next = lock("next")) {
      assertThat(List.of(old.tryAcquire(), old.tryAcquire())).contains(true);
      database.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
              + " 'whimbrel lock old' and datname = current_database()");
      assertThat(old.isHeld()).isFalse();
      assertThat(next.tryAcquire()).isFalse();
      database.execute(EXPIRE);
      assertThat(next.tryAcquire()).isTrue();
    }
  }
}
