package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The few rows that were put into a scratch database, so that it does what a full one would.
 *
 * @param planted rows by table
 * @param names of those tables
 * @param barren tables that took no row, with the server's reason
 */
record Seeds(Map<Long, Long> planted, Map<Long, String> names, Map<String, String> barren) {

  Seeds {
    planted = Map.copyOf(planted);
    names = Map.copyOf(names);
    barren = Map.copyOf(barren);
  }

  static Seeds none() {
    return new Seeds(Map.of(), Map.of(), Map.of());
  }

  /** Seeds that are there already. */
  static Seeds present(Catalog catalog, Map<Long, Long> rows) {
    Map<Long, String> names = new java.util.HashMap<>();
    rows.keySet().forEach(oid -> names.put(oid, catalog.name(oid)));
    return new Seeds(rows, names, Map.of());
  }

  boolean any() {
    return !planted.isEmpty();
  }

  /** Rows planted in a table. */
  long rows(long relation) {
    return planted.getOrDefault(relation, 0L);
  }

  /** Deletes them, with triggers and foreign keys asleep where the role may do that. */
  void remove(Connection connection) throws SQLException {
    Sleep sleep = Sleep.on(connection);
    List<String> left = new ArrayList<>(names.values());
    for (int round = 0; round < names.size() && !left.isEmpty(); round++) {
      left.removeIf(name -> deleted(connection, name));
    }
    sleep.end();
  }

  private static boolean deleted(Connection connection, String name) {
    return Tried.run(connection, "delete from " + name);
  }

  /** A statement that may fail without harm to the transaction around it. */
  static final class Tried {
    private Tried() {}

    static boolean run(Connection connection, String sql) {
      return failure(connection, sql) == null;
    }

    static @org.jspecify.annotations.Nullable SQLException failure(
        Connection connection, String sql) {
      try {
        java.sql.Savepoint savepoint =
            connection.getAutoCommit() ? null : connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
          statement.execute(sql);
          if (savepoint != null) {
            connection.releaseSavepoint(savepoint);
          }
          return null;
        } catch (SQLException e) {
          if (savepoint != null) {
            connection.rollback(savepoint);
          }
          return e;
        }
      } catch (SQLException e) {
        return e;
      }
    }
  }

  /** Triggers and foreign keys asleep for a while. */
  record Sleep(Connection connection, boolean asleep) {
    static Sleep on(Connection connection) {
      return new Sleep(connection, Tried.run(connection, "set session_replication_role = replica"));
    }

    void end() {
      if (asleep) {
        Tried.run(connection, "set session_replication_role = origin");
      }
    }
  }
}
