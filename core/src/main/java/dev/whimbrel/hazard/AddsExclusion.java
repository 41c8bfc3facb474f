package dev.whimbrel.hazard;

/** An exclusion constraint on a table with rows. */
final class AddsExclusion implements Rule {
  @Override
  public String code() {
    return "W306";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Constraint added : Delta.of(seen).addedConstraints()) {
      if (added.kind() == 'x' && seen.before().relations().containsKey(added.relation())) {
        bench.report(
            seen,
            added.relation(),
            bench.byCost(seen, added.relation()),
            "The exclusion constraint %s compares all rows under a lock, and has no gentler form; %s."
                .formatted(Names.quoted(added.name()), bench.cost(seen, added.relation())),
            "Put it on a new table and move the rows, or add it in a maintenance window.");
      }
    }
  }
}
