package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Event;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.acceptance.faults.CutProxy.Moment;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever else is at the database: applications, other deployers, and what dead ones left. */
@ExtendWith(PostgresExtension.class)
class LockTest {
  private static final int CROWD = 12;

  @TempDir Path folder;
  private TestDatabase database;
  private Revisions revisions;

  @BeforeEach
  void writeOneRevision(TestDatabase empty) throws Exception {
    database = empty;
    revisions = new Revisions(folder, empty.url());
    revisions.add("1aaa", "create table t (id integer, name text)", "drop table t");
  }

  @Test
  void namesWhoStandsInTheWayOfAStatementAndHowToEndIt() throws Exception {
    revisions.whimbrel().deploy("head");
    revisions.add("2bbb", "alter table t add column n integer", "alter table t drop column n");
    List<Event.Retrying> retries = new ArrayList<>();
    Whimbrel whimbrel =
        revisions.with(
            event -> {
              if (event instanceof Event.Retrying retrying) {
                retries.add(retrying);
              }
            },
            "lock-timeout=1500ms",
            "retries=1");
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("set application_name = 'payroll'; begin; insert into t values (1)");
      String pid;
      try (var rows = statement.executeQuery("select pg_backend_pid()")) {
        rows.next();
        pid = rows.getString(1);
      }
      WhimbrelException refused = Revisions.refusal(() -> whimbrel.deploy("head"));
      assertThat(refused.code()).isEqualTo(ErrorCode.E_STATEMENT);
      assertThat(refused).hasMessageContaining("payroll");
      assertThat(refused.problem().remedy()).contains("select pg_terminate_backend(" + pid + ");");
      assertThat(retries).hasSize(1);
      assertThat(retries.get(0).blockedBy())
          .singleElement()
          .satisfies(holder -> {
            assertThat(holder.application()).isEqualTo("payroll");
            assertThat(holder.process()).isEqualTo(Long.parseLong(pid));
          });
    }
    assertThat(whimbrel.deploy("head").current()).containsExactly("2bbb");
  }

  @Test
  void namesTheDeployerThatHeldTheLockTooLong() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Whimbrel first =
        revisions.with(event -> {
          if (event instanceof Event.RevisionStarted) {
            begun.countDown();
            await(goOn);
          }
        });
    CompletableFuture<Result.Run> run = CompletableFuture.supplyAsync(() -> first.deploy("head"));
    await(begun);
    List<Event> waiting = new ArrayList<>();
    Whimbrel second = revisions.with(waiting::add, "lock-wait=1s");
    WhimbrelException refused = Revisions.refusal(() -> second.deploy("head"));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_LOCKED);
    assertThat(refused.code().exit()).isEqualTo(9);
    assertThat(refused)
        .hasMessageContaining("whimbrel lock")
        .hasMessageContaining("from 127.0.0.1,");
    assertThat(refused.problem().remedy()).contains("select pg_terminate_backend(");
    assertThat(waiting)
        .filteredOn(Event.WaitingForLock.class::isInstance)
        .first()
        .extracting(event -> ((Event.WaitingForLock) event).holder())
        .isNotNull();
    goOn.countDown();
    assertThat(run.get().current()).containsExactly("1aaa");
    assertThat(second.deploy("head").applied()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void endsTheSessionOfARunWhoseHostVanished() throws Exception {
    revisions.whimbrel().deploy("head");
    revisions.add("2bbb", "insert into t values (1);\ninsert into t values (2)", "delete from t");
    List<Event> events = new ArrayList<>();
    try (CutProxy proxy = new CutProxy(database.server().port())) {
      String through = database.url().replace(":" + database.server().port(), ":" + proxy.port());
      Whimbrel doomed = revisions.at(through + "&sslmode=disable&gssEncMode=disable", event -> {});
      Whimbrel next = revisions.with(events::add);
      proxy.arm(
          positionOf(doomed, proxy, "values (2)"),
          Moment.AFTER,
          line -> {
            line.abandon();
            proxy.cutOthers(line);
            return false;
          });
      Revisions.refusal(() -> doomed.deploy("head"));
      assertThat(next.deploy("head").applied()).hasSize(1);
    }
    assertThat(events)
        .filteredOn(Event.OrphanFound.class::isInstance)
        .first()
        .satisfies(event -> assertThat(((Event.OrphanFound) event).ended()).isTrue());
    assertThat(database.query("select count(*) from t")).isEqualTo("2");
  }

  /** Where a message comes in a run: it is run, looked at, and taken back. */
  private static int positionOf(Whimbrel whimbrel, CutProxy proxy, String text) {
    proxy.arm(-1, Moment.BEFORE, line -> true);
    whimbrel.deploy("head");
    List<String> seen = proxy.seen();
    whimbrel.downgrade("-1");
    for (int i = 0; i < seen.size(); i++) {
      if (seen.get(i).contains(text) && !seen.get(i).contains("whimbrel")) {
        return i;
      }
    }
    throw new AssertionError(seen);
  }

  @Test
  void aCrowdOnAnEmptyDatabaseAppliesEachRevisionOnce() throws Exception {
    revisions.add("2bbb", "create index concurrently t_name on t (name)", "drop index t_name");
    assertThat(crowd()).containsExactlyInAnyOrder("1aaa", "2bbb");
  }

  @Test
  void aCrowdOnAPendingDatabaseAppliesEachRevisionOnce() throws Exception {
    revisions.whimbrel().deploy("head");
    revisions.add(
        "2bbb",
        "insert into t values (1);\ncreate index concurrently t_name on t (name);\n"
            + "create index concurrently t_id on t (id)",
        "drop index t_id, t_name");
    revisions.add("3ccc", "insert into t values (2)", "delete from t");
    assertThat(crowd()).containsExactlyInAnyOrder("2bbb", "3ccc");
    assertThat(database.query("select count(*) from t")).isEqualTo("2");
    assertThat(database.query("select count(*) from pg_index where not indisvalid")).isEqualTo("0");
  }

  /** What all deployers together have applied, each of them having ended well. */
  private List<String> crowd() throws Exception {
    ConcurrentLinkedQueue<String> applied = new ConcurrentLinkedQueue<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(CROWD)) {
      List<Future<?>> runs = new ArrayList<>();
      CountDownLatch together = new CountDownLatch(CROWD);
      for (int i = 0; i < CROWD; i++) {
        runs.add(
            pool.submit(() -> {
              together.countDown();
              await(together);
              Result.Run run = revisions.whimbrel().deploy("head");
              run.applied().forEach(one -> applied.add(one.revision()));
            }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
    return List.copyOf(applied);
  }
}
