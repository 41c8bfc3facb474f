package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.LockMode;
import dev.whimbrel.hazard.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one statement is expected to do; not thread-safe. */
final class Effect {
  private final Map<Long, LockMode> locks = new HashMap<>();
  private final List<Long> rewrites = new ArrayList<>();
  private final Map<Long, Observation.Scan> scans = new HashMap<>();
  private final List<Long> builds = new ArrayList<>();
  private final Map<Long, Long> changes = new HashMap<>();
  private boolean onlyWithoutRows;

  void lock(long relation, LockMode mode) {
    locks.merge(relation, mode, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  /** Reads all rows once; statements of one command share a pass. */
  void scan(long table) {
    scans.putIfAbsent(table, new Observation.Scan(1, 1, 1));
  }

  void rewrite(long table) {
    if (!rewrites.contains(table)) {
      rewrites.add(table);
    }
  }

  /** Builds an index, which reads the table. */
  void build(long table, long index) {
    builds.add(index);
    long passes = scans.containsKey(table) ? scans.get(table).passes() + 1 : 1;
    scans.put(table, new Observation.Scan(passes, passes, 1));
  }

  void changeAll(long table) {
    scan(table);
    changes.put(table, 1L);
  }

  void failWithRows() {
    onlyWithoutRows = true;
  }

  Map<Long, LockMode> locks() {
    return locks;
  }

  List<Long> rewrites() {
    return rewrites;
  }

  Map<Long, Observation.Scan> scans() {
    return scans;
  }

  List<Long> builds() {
    return builds;
  }

  Map<Long, Long> changes() {
    return changes;
  }

  boolean onlyWithoutRows() {
    return onlyWithoutRows;
  }
}
