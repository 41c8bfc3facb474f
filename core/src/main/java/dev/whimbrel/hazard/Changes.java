package dev.whimbrel.hazard;

import java.util.Locale;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** How many rows a statement changes on the target, and how long that takes. */
final class Changes {
  /** Looking up a row of another table for a foreign key, in entries added to an index. */
  private static final double LOOK_UP = 3;

  /** Marking a row as deleted, in rows updated. */
  private static final double DELETE = 0.5;

  private Changes() {}

  /**
   * How many rows of a table change: the share of those that were there in the rehearsal, or of
   * those that were read elsewhere to make them.
   *
   * @param rows how many a table has on the target
   */
  static double rows(Observation seen, long oid, LongUnaryOperator rows) {
    Long changed = seen.changedRows().get(oid);
    if (changed == null) {
      return 0;
    }
    Observation.Scan scan = seen.scans().get(oid);
    if (scan != null && scan.rows() > 0 && !seen.says("insert")) {
      return Math.min(1, (double) changed / scan.rows()) * rows.applyAsLong(oid);
    }
    double most = changed;
    for (Map.Entry<Long, Observation.Scan> read : seen.scans().entrySet()) {
      if (read.getValue().rows() > 0) {
        double share = Math.min(1, (double) changed / read.getValue().rows());
        most = Math.max(most, share * rows.applyAsLong(read.getKey()));
      }
    }
    return most;
  }

  /** How long it takes to change so many rows of a table, in seconds. */
  static double seconds(
      Observation seen, long oid, double rows, Facts.Table table, Facts.Rates rates) {
    boolean deletes = seen.says("delete");
    long indexes =
        deletes
            ? 0
            : seen.before().indexes().values().stream()
                .filter(each -> each.relation() == oid)
                .count();
    long keys =
        seen.before().constraints().values().stream()
            .filter(each -> each.kind() == 'f')
            .filter(each -> deletes ? each.target() == oid : checks(seen, each, oid))
            .count();
    double share = Math.min(1, rows / Math.max(1, table.rows()));
    double aside = deletes ? table.asideBytes() : 0;
    return (deletes ? DELETE : 1) * rows / rates.change()
        + rows * (indexes + LOOK_UP * keys) / rates.entry()
        + rows * seen.triggers().size() / rates.change()
        + share * (table.heapBytes() / rates.copy() + aside / rates.asideCopy());
  }

  /** A key is looked up for new rows, and for old ones where one of its columns changes. */
  private static boolean checks(Observation seen, Catalog.Constraint key, long oid) {
    Catalog.Relation on = seen.before().relations().get(oid);
    if (key.relation() != oid || on == null) {
      return false;
    }
    String text = seen.statement().text().toLowerCase(Locale.ROOT);
    return seen.says("insert")
        || key.columns().stream()
            .map(on.columns()::get)
            .anyMatch(each -> each != null && text.contains(each.name().toLowerCase(Locale.ROOT)));
  }
}
