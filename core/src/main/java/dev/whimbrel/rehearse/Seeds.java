package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
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
    Map<Long, String> names = new HashMap<>();
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
  void remove(Connection connection, boolean inTransaction) {
    boolean asleep = Tried.run(connection, inTransaction, "set session_replication_role = replica");
    List<String> left = new ArrayList<>(names.values());
    for (int round = 0; round < names.size() && !left.isEmpty(); round++) {
      left.removeIf(name -> Tried.run(connection, inTransaction, "delete from " + name));
    }
    if (asleep) {
      Tried.run(connection, inTransaction, "set session_replication_role = origin");
    }
  }
}
