package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.LockMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a session's running transaction has done so far.
 *
 * @param locks modes held, by relation
 * @param counters by relation
 * @param calls of functions, by name; empty where the server may not count them
 * @param wal bytes of the write-ahead log before this moment
 */
record Moment(
    Map<Long, Set<LockMode>> locks,
    Map<Long, Counters> counters,
    Map<String, Long> calls,
    long wal) {

  /** Counters of one table, of the running transaction. */
  record Counters(long scans, long tuples, long changes) {
    static final Counters NONE = new Counters(0, 0, 0);
  }

  /** Reads it over the session itself. */
  static Moment of(Connection connection) throws SQLException {
    Map<Long, Set<LockMode>> locks = new HashMap<>();
    Map<Long, Counters> counters = new HashMap<>();
    Map<String, Long> calls = new HashMap<>();
    long wal = 0;
    try (Statement statement = connection.createStatement()) {
      readLocks(statement, locks);
      readCounters(statement, counters);
      try (ResultSet rows =
          statement.executeQuery(
              """
              select schemaname || '.' || funcname, sum(calls)
              from pg_catalog.pg_stat_xact_user_functions group by 1\
              """)) {
        while (rows.next()) {
          calls.put(rows.getString(1), rows.getLong(2));
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              """
              select case when pg_catalog.pg_is_in_recovery() then 0
                else pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')
                end\
              """)) {
        rows.next();
        wal = rows.getLong(1);
      }
    }
    return new Moment(locks, counters, calls, wal);
  }

  private static void readLocks(Statement statement, Map<Long, Set<LockMode>> locks)
      throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            """
            select relation, mode from pg_catalog.pg_locks
            where pid = pg_catalog.pg_backend_pid() and locktype = 'relation' and granted\
            """)) {
      while (rows.next()) {
        locks
            .computeIfAbsent(rows.getLong(1), oid -> EnumSet.noneOf(LockMode.class))
            .add(LockMode.of(rows.getString(2)));
      }
    }
  }

  private static void readCounters(Statement statement, Map<Long, Counters> counters)
      throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            """
            select relid, seq_scan, seq_tup_read, n_tup_ins + n_tup_upd + n_tup_del
            from pg_catalog.pg_stat_xact_user_tables
            where seq_scan > 0 or n_tup_ins > 0 or n_tup_upd > 0 or n_tup_del > 0\
            """)) {
      while (rows.next()) {
        counters.put(
            rows.getLong(1), new Counters(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
      }
    }
  }

  Counters counters(long relation) {
    return counters.getOrDefault(relation, Counters.NONE);
  }

  /** The strongest mode held on a relation that was not held at an earlier moment. */
  java.util.Optional<LockMode> newSince(Moment earlier, long relation) {
    Set<LockMode> now = EnumSet.copyOf(locks.get(relation));
    now.removeAll(earlier.locks.getOrDefault(relation, Set.of()));
    return now.stream().max(LockMode::compareTo);
  }
}
