package dev.whimbrel.hazard;

/** A stored generated column that is new, or computed from now on in another way. */
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
    for (var change : Delta.of(seen).changedColumns()) {
      long table = change.table().oid();
      if (seen.rewrites().contains(table) && isComputedAnew(change)) {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The stored column %s is computed anew for every row, so the whole table is copied; %s."
                .formatted(change.of(), bench.cost(seen, table)),
            "Add a second column for the new expression, fill it in small batches, and drop this"
                + " one in a later revision.");
      }
    }
  }

  static boolean isComputedAnew(Delta.ColumnChange change) {
    return change.was().generated() == 's'
        && change.now().generated() == 's'
        && !change.was().defaultValue().equals(change.now().defaultValue());
  }
}
