package dev.whimbrel.hazard;

/** A new stored generated column. */
final class RewritesForGenerated implements Rule {
  @Override
  public String code() {
    return "W203";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).newColumns()) {
      long table = added.table().oid();
      if (seen.rewrites().contains(table) && added.column().generated() == 's') {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The stored column %s is computed for every row, so the whole table is copied; %s."
                .formatted(added.of(), bench.cost(seen, table)),
            """
            alter table %s add column %s %s;
            -- set it with a trigger, fill the old rows in small batches; or compute it in a view\
            """
                .formatted(
                    added.table().qualified(),
                    Names.quoted(added.column().name()),
                    added.column().type()));
      }
    }
  }
}
