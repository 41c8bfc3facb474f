package dev.whimbrel.hazard;

import java.util.Locale;

/** A backfill in one statement. */
final class ChangesEveryRow implements Rule {
  @Override
  public String code() {
    return "W208";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : seen.changedRows().entrySet()) {
      long table = change.getKey();
      Observation.Scan scan = seen.scans().get(table);
      boolean every = scan != null && scan.rows() > 0 && change.getValue() >= scan.rows();
      if (every && seen.rewrites().isEmpty() && !seen.says("delete") && !isBatched(seen)) {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "It changes every row of %s in one transaction: the rows stay locked, the table grows to twice its size and replicas fall behind; %s."
                .formatted(seen.name(table), bench.cost(seen, table)),
            saferWay(seen, table));
      }
    }
  }

  private static String saferWay(Observation seen, long table) {
    String batches =
        seen.says("update") ? Batches.of(seen.name(table), seen.statement().text()) : null;
    return batches == null
        ? "Change some thousand rows at a time, each time in a transaction of its own: a loop with"
            + " COMMIT in a DO block, under -- +no-transaction."
        : batches;
  }

  /** A loop outside a transaction that commits. */
  private static boolean isBatched(Observation seen) {
    return !seen.transactional()
        && (seen.says("do") || seen.says("call"))
        && seen.statement().text().toLowerCase(Locale.ROOT).contains("commit");
  }
}
