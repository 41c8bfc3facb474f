package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The few rows that were put into a scratch database, so that it does what a full one would.
 *
 * <p>Not thread-safe.
 */
final class Seeds {
  private final Map<Long, Long> planted;
  private final Map<Long, String> names;
  private final Map<String, String> barren;

  /**
   * @param planted rows by table
   * @param names of those tables
   * @param barren tables that took no row, with the server's reason
   */
  Seeds(Map<Long, Long> planted, Map<Long, String> names, Map<String, String> barren) {
    this.planted = new HashMap<>(planted);
    this.names = Map.copyOf(names);
    this.barren = Map.copyOf(barren);
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
    return planted.values().stream().anyMatch(rows -> rows > 0);
  }

  /** Rows that are planted in a table. */
  long rows(long relation) {
    return planted.getOrDefault(relation, 0L);
  }

  Map<String, String> barren() {
    return barren;
  }

  /**
   * Deletes rows, with triggers and foreign keys asleep where the role may do that.
   *
   * @param chosen tables by the name they had when the rows were planted
   * @return the tables whose rows are gone
   */
  Set<Long> remove(Connection connection, boolean inTransaction, Predicate<String> chosen) {
    boolean asleep = Tried.run(connection, inTransaction, "set session_replication_role = replica");
    Set<Long> gone = new LinkedHashSet<>();
    List<Long> left = new ArrayList<>();
    planted.forEach((oid, rows) -> {
      if (rows > 0 && chosen.test(names.getOrDefault(oid, ""))) {
        left.add(oid);
      }
    });
    for (int round = left.size(); round > 0 && !left.isEmpty(); round--) {
      left.removeIf(oid -> {
        boolean removed = Tried.run(connection, inTransaction, "delete from " + names.get(oid));
        return removed && gone.add(oid);
      });
    }
    gone.forEach(oid -> planted.put(oid, 0L));
    if (asleep) {
      Tried.run(connection, inTransaction, "set session_replication_role = origin");
    }
    return gone;
  }

  /** Takes over rows that were planted again. */
  void again(Seeds replanted) {
    replanted.planted.forEach((oid, rows) -> planted.merge(oid, rows, Math::max));
  }
}
