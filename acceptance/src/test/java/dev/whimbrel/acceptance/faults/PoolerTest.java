package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a PgBouncer between. */
@ExtendWith(PostgresExtension.class)
class PoolerTest {
  private static final String TOLERANT = "ignore_startup_parameters = extra_float_digits";
  private static final int POOL = 4;

  @TempDir Path folder;
  @TempDir Path bouncers;
  private TestDatabase database;
  private Revisions revisions;

  @BeforeEach
  void writeOneRevision(TestDatabase empty) throws Exception {
    database = empty;
    revisions = new Revisions(folder, empty.url());
    revisions.add("1aaa", "create table t (id integer, name text)", "drop table t");
  }

  private PgBouncer bouncer(String mode, String... more) throws Exception {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("default_pool_size = " + POOL);
    return PgBouncer.start(database.server(), bouncers, mode, settings.toArray(String[]::new));
  }

  private String pooler(PgBouncer bouncer) {
    return revisions.at(bouncer.url(database.name()), event -> {}).doctor().checks().stream()
        .filter(check -> check.name().equals("pooler"))
        .map(Result.Check::value)
        .findFirst()
        .orElse("not looked at");
  }

  @Test
  void findsNoPoolerWhereThereIsNone() {
    assertThat(revisions.whimbrel().doctor().checks())
        .filteredOn(check -> check.name().equals("pooler"))
        .extracting(Result.Check::value)
        .containsExactly("none");
  }

  @Test
  void doesEverythingThroughSessionMode() throws Exception {
    revisions.add("2bbb", "create index concurrently t_name on t (name)", "drop index t_name");
    try (PgBouncer bouncer = bouncer("session", TOLERANT)) {
      assertThat(pooler(bouncer)).contains("session mode");
      String url = bouncer.url(database.name());
      assertThat(revisions.at(url, event -> {}).deploy("head").current()).containsExactly("2bbb");
      assertThat(revisions.at(url, event -> {}).deploy("head").state()).isEqualTo(State.IN_SYNC);
      assertNothingLeaked(url);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TOLERANT, "; a configuration that knows nothing of JDBC"})
  void deploysInTransactionsThroughTransactionModeAndLeaksNothing(String setting) throws Exception {
    revisions.add("2bbb", "insert into t values (1)", "delete from t");
    try (PgBouncer bouncer = bouncer("transaction", setting)) {
      assertThat(pooler(bouncer)).contains("transaction mode");
      String url = bouncer.url(database.name());
      assertThat(revisions.at(url, event -> {}).deploy("head").current()).containsExactly("2bbb");
      assertThat(revisions.at(url, event -> {}).downgrade("-1").current()).containsExactly("1aaa");
      assertNothingLeaked(url);
    }
  }

  @Test
  void refusesBeforeItBeginsWhatTransactionModeCannotDoSafely() throws Exception {
    revisions.add(
        "2bbb",
        "insert into t values (1);\ncreate index concurrently t_name on t (name)",
        "drop index t_name");
    try (PgBouncer bouncer = bouncer("transaction", TOLERANT)) {
      String url = bouncer.url(database.name());
      WhimbrelException refused =
          Revisions.refusal(() -> revisions.at(url, event -> {}).deploy("head"));
      assertThat(refused.code()).isEqualTo(ErrorCode.E_POOLER);
      assertNothingLeaked(url);
    }
    assertThat(database.query("select count(*) from t")).isEqualTo("0");
    assertThat(revisions.whimbrel().status(false).state()).isEqualTo(State.PENDING);
    assertThat(revisions.whimbrel().deploy("head").current()).containsExactly("2bbb");
  }

  @Test
  void aCrowdThroughTransactionModeAppliesEachRevisionOnce() throws Exception {
    revisions.add("2bbb", "insert into t values (1)", "delete from t");
    try (PgBouncer bouncer = bouncer("transaction", TOLERANT)) {
      String url = bouncer.url(database.name());
      List<Thread> deployers = new ArrayList<>();
      List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 6; i++) {
        Thread deployer =
            Thread.ofPlatform().unstarted(() -> revisions.at(url, event -> {}).deploy("head"));
        deployer.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        deployers.add(deployer);
      }
      deployers.forEach(Thread::start);
      for (Thread deployer : deployers) {
        deployer.join();
      }
      assertThat(failures).isEmpty();
    }
    assertThat(database.query("select count(*) from t")).isEqualTo("1");
  }

  /** Every server session of the pool has its defaults, and none holds a lock. */
  private void assertNothingLeaked(String url) throws Exception {
    String settings =
        "select current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') || ' '"
            + " || current_setting('tcp_keepalives_idle') || ' ' || current_user || ' ' || session_user";
    String expected = database.query(settings);
    List<Connection> pool = new ArrayList<>();
    try {
      for (int i = 0; i < POOL; i++) {
        Connection connection =
            DriverManager.getConnection(
                "jdbc:"
                    + url.replace("someone@", "")
                    + "?user=someone&preferQueryMode=simple&assumeMinServerVersion=8.0");
        pool.add(connection);
        Statement statement = connection.createStatement();
        statement.execute("begin");
        try (ResultSet rows = statement.executeQuery(settings)) {
          rows.next();
          assertThat(rows.getString(1)).isEqualTo(expected);
        }
      }
    } finally {
      for (Connection connection : pool) {
        connection.close();
      }
    }
    assertThat(
            database.query(
                "select count(*) from pg_locks where locktype = 'advisory' and database ="
                    + " (select oid from pg_database where datname = current_database())"))
        .isEqualTo("0");
  }
}
