package dev.whimbrel.hazard;

/** A check that is validated while it is added. */
final class AddsCheck implements Rule {
  @Override
  public String code() {
    return "W302";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Constraint added : Delta.of(seen).addedConstraints()) {
      long table = added.relation();
      if (added.kind() == 'c'
          && added.validated()
          && added.parent() == 0
          && seen.before().relations().containsKey(table)
          && seen.scans().containsKey(table)) {
        String name = Names.quoted(added.name());
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "Adding the check %s reads every row under a lock; %s."
                .formatted(name, bench.cost(seen, table)),
            """
            alter table %1$s add constraint %2$s %3$s not valid;
            -- in the next revision:
            alter table %1$s validate constraint %2$s;\
            """
                .formatted(seen.name(table), name, added.definition()));
      }
    }
  }
}
