package dev.whimbrel.hazard;

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
      if (every && seen.rewrites().isEmpty() && !seen.says("delete")) {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "It changes every row of %s in one transaction: the rows stay locked, the table grows to twice its size and replicas fall behind; %s."
                .formatted(seen.name(table), bench.cost(seen, table)),
            """
            -- in batches, each its own transaction (-- +no-transaction), until no row is changed:
            update %1$s set … where ctid = any (array(
              select ctid from %1$s where … limit 5000 for update skip locked));\
            """
                .formatted(seen.name(table)));
      }
    }
  }
}
