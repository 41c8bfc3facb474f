package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.LockMode;
import dev.whimbrel.hazard.Observation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches statements on a scratch database, one at a time.
 *
 * <p>A statement in a transaction is judged by what its own session holds and counted before and
 * after it. One outside leaves nothing to look at afterwards, so other sessions hold locks that
 * make it wait wherever it asks for a strong one, and look at it while it waits.
 */
final class Watch {
  private final Connections others;
  private final Seeds seeds;
  private Catalog origin = Catalog.empty();
  private @Nullable Catalog latest;
  private int transaction;
  private long transactionId;

  /** Opens another session on the scratch database. */
  interface Connections {
    Connection open() throws SQLException;
  }

  /** Runs the statement that is watched. */
  interface Action {
    void run() throws SQLException;
  }

  /**
   * What was seen.
   *
   * @param cause the server's refusal, null where there is none
   */
  record Watched(Observation observation, @Nullable SQLException cause) {}

  Watch(Connections others, Seeds seeds) {
    this.others = others;
    this.seeds = seeds;
  }

  /** Goes on counting transactions where another watch ended. */
  Watch(Connections others, Seeds seeds, @Nullable Watch earlier) {
    this(others, seeds);
    if (earlier != null) {
      transaction = earlier.transaction;
    }
  }

  /** Takes the catalog as it is now for what exists before the deployment. */
  void origin(Connection connection) throws SQLException {
    origin = new CatalogReader(connection).read();
    latest = origin;
  }

  /** What the last statement left: nobody else changes the database. */
  private Catalog before(Connection connection) throws SQLException {
    Catalog known = latest;
    return known == null ? new CatalogReader(connection).read() : known;
  }

  /** What the deployment starts from. */
  Catalog origin() {
    return origin;
  }

  /**
   * Runs one statement.
   *
   * @param inside whether a transaction is open on the connection
   * @return what happened; its cause is set where the server refused it, also without rows
   */
  Watched watch(
      Connection connection,
      String revision,
      dev.whimbrel.sql.Statement statement,
      boolean inside,
      Action action)
      throws SQLException {
    Subject subject = new Subject(revision, statement, inside ? number(connection) : 0);
    return inside ? inside(connection, subject, action) : outside(connection, subject, action);
  }

  private record Subject(String revision, dev.whimbrel.sql.Statement statement, int transaction) {}

  private Watched inside(Connection connection, Subject subject, Action action)
      throws SQLException {
    Catalog before = before(connection);
    Map<String, String> settings = settings(connection);
    Attempt attempt = new Attempt(connection, true, seeds);
    attempt.run(subject.statement().text(), action);
    if (attempt.failure() != null) {
      return watched(
          new Result(subject, before, before, settings, attempt).nothing(origin), attempt);
    }
    Moment start = attempt.start();
    Moment end = Moment.of(connection);
    Catalog after = new CatalogReader(connection).read().sharing(before);
    latest = after;
    Result result = new Result(subject, before, after, settings, attempt);
    Map<Long, LockMode> locks = new HashMap<>();
    Map<Long, LockMode> held = new HashMap<>();
    for (Map.Entry<Long, Set<LockMode>> lock : end.locks().entrySet()) {
      Catalog.Relation relation = before.relations().get(lock.getKey());
      if (relation != null) {
        end.newSince(start, lock.getKey())
            .filter(mode -> mode != LockMode.ACCESS_SHARE || !relation.isIndex())
            .ifPresent(mode -> locks.put(lock.getKey(), mode));
        lock.getValue().stream()
            .max(LockMode::compareTo)
            .ifPresent(mode -> held.put(lock.getKey(), mode));
      }
    }
    Watched watched = watched(result.seen(origin, locks, held, start, end), attempt);
    plantAgain(connection, after, attempt);
    return watched;
  }

  private Watched outside(Connection connection, Subject subject, Action action)
      throws SQLException {
    Catalog before = before(connection);
    Map<String, String> settings = settings(connection);
    Attempt attempt = new Attempt(connection, false, seeds);
    Map<Long, Set<LockMode>> modes;
    long wal;
    try (Onlooker onlooker = new Onlooker(others, connection, before)) {
      modes = onlooker.during(() -> attempt.run(subject.statement().text(), action));
      wal = Moment.of(connection).wal() - attempt.start().wal();
    }
    Catalog after = new CatalogReader(connection).read().sharing(before);
    latest = after;
    Result result = new Result(subject, before, after, settings, attempt);
    if (attempt.failure() != null) {
      return watched(result.nothing(origin), attempt);
    }
    for (long rewritten : result.rewrites()) {
      modes
          .computeIfAbsent(rewritten, oid -> EnumSet.noneOf(LockMode.class))
          .add(LockMode.ACCESS_EXCLUSIVE); // nobody gets another file under a weaker one
    }
    Map<Long, LockMode> locks = new HashMap<>();
    modes.forEach((oid, seen) -> {
      Catalog.Relation relation = before.relations().get(oid);
      if (relation != null && !seen.isEmpty()) {
        LockMode strongest = seen.stream().max(LockMode::compareTo).orElseThrow();
        if (strongest != LockMode.ACCESS_SHARE || !relation.isIndex()) {
          locks.put(oid, strongest);
        }
      }
    });
    Moment idle = new Moment(Map.of(), Map.of(), Map.of(), 0);
    return watched(
        result.seen(origin, locks, locks, idle, new Moment(Map.of(), Map.of(), Map.of(), wal)),
        attempt);
  }

  /** So that the statements after one that went well only without rows meet some. */
  private void plantAgain(Connection connection, Catalog now, Attempt attempt) {
    if (!attempt.emptiedTables().isEmpty()) {
      seeds.again(new Seeder(connection, now, true).plant(attempt.emptiedTables()));
    }
  }

  private static Watched watched(Observation observation, Attempt attempt) {
    return new Watched(observation, attempt.cause());
  }

  /** Puts an observation together. */
  private static final class Result {
    private final Subject subject;
    private final Catalog before;
    private final Catalog after;
    private final Map<String, String> settings;
    private final Attempt attempt;

    Result(
        Subject subject,
        Catalog before,
        Catalog after,
        Map<String, String> settings,
        Attempt attempt) {
      this.subject = subject;
      this.before = before;
      this.after = after;
      this.settings = settings;
      this.attempt = attempt;
    }

    List<Long> rewrites() {
      List<Long> rewrites = new ArrayList<>();
      for (Catalog.Relation old : before.relations().values()) {
        Catalog.Relation now = after.relations().get(old.oid());
        if (now != null && old.kind() != 'S' && now.fileNode() != old.fileNode()) {
          rewrites.add(old.oid());
        }
      }
      rewrites.sort(null);
      return rewrites;
    }

    /** Tables with a constraint that is valid now and was not; its rows were read for that. */
    private List<Long> validated() {
      return after.constraints().values().stream()
          .filter(Catalog.Constraint::validated)
          .filter(each -> {
            Catalog.Constraint was = before.constraints().get(each.oid());
            return was != null && !was.validated() && each.relation() != 0;
          })
          .map(Catalog.Constraint::relation)
          .toList();
    }

    private Observation.Scan wholePass(long table) {
      long rows = attempt.seeds().rows(table);
      return new Observation.Scan(1, rows, rows);
    }

    List<Long> builds() {
      List<Long> builds = new ArrayList<>();
      Set<Long> files =
          before.relations().values().stream()
              .filter(Catalog.Relation::isIndex)
              .map(Catalog.Relation::fileNode)
              .collect(Collectors.toSet());
      for (Catalog.Index index : after.indexes().values()) {
        if (!before.indexes().containsKey(index.oid())
            && before.relations().containsKey(index.relation())
            && !files.contains(file(index))) {
          builds.add(index.oid());
        }
      }
      builds.sort(null);
      return builds;
    }

    /** An index that is made anew over the old one's file is not built. */
    private long file(Catalog.Index index) {
      Catalog.Relation relation = after.relations().get(index.oid());
      return relation == null ? 0 : relation.fileNode();
    }

    Observation nothing(Catalog origin) {
      Moment idle = new Moment(Map.of(), Map.of(), Map.of(), 0);
      return seen(origin, Map.of(), Map.of(), idle, idle);
    }

    Observation seen(
        Catalog origin,
        Map<Long, LockMode> locks,
        Map<Long, LockMode> held,
        Moment start,
        Moment end) {
      Map<Long, Observation.Scan> scans = new HashMap<>();
      Map<Long, Long> changes = new HashMap<>();
      for (long oid : end.counters().keySet()) {
        Moment.Counters was = start.counters(oid);
        Moment.Counters now = end.counters(oid);
        if (before.relations().containsKey(oid)) {
          if (now.scans() > was.scans()) {
            long rows = attempt.seeds().rows(oid);
            scans.put(
                oid,
                new Observation.Scan(now.scans() - was.scans(), now.tuples() - was.tuples(), rows));
          }
          if (now.changes() > was.changes()) {
            changes.put(oid, now.changes() - was.changes());
          }
        }
      }
      if (subject.transaction() == 0) {
        validated().forEach(table -> scans.putIfAbsent(table, wholePass(table)));
      }
      TreeSet<String> called = new TreeSet<>();
      end.calls()
          .forEach((name, calls) -> {
            if (calls > start.calls().getOrDefault(name, 0L)) {
              called.add(name);
            }
          });
      return new Observation(
          subject.revision(),
          subject.statement().index(),
          subject.statement(),
          subject.transaction(),
          locks,
          held,
          rewrites(),
          scans,
          builds(),
          changes,
          List.copyOf(called),
          Math.max(0, end.wal() - start.wal()),
          attempt.failure(),
          attempt.emptied(),
          attempt.took(),
          before,
          after,
          origin,
          settings);
    }
  }

  /** Numbers transactions from 1 in the order they are met. */
  private int number(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select (extract(epoch from pg_catalog.transaction_timestamp()) * 1000000)::bigint
                """)) {
      row.next();
      long id = row.getLong(1);
      if (id != transactionId) {
        transactionId = id;
        transaction++;
      }
      return transaction;
    }
  }

  private static Map<String, String> settings(Connection connection) throws SQLException {
    Map<String, String> settings = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select name, setting from pg_catalog.pg_settings
                where name in ('lock_timeout', 'statement_timeout', 'TimeZone', 'search_path',
                  'server_version_num')\
                """)) {
      while (rows.next()) {
        settings.put(rows.getString(1), rows.getString(2));
      }
    }
    return settings;
  }
}
