package dev.whimbrel.hazard;

/** A constraint on a domain reads every table that uses it. */
final class ChecksDomain implements Rule {
  @Override
  public String code() {
    return "W311";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Constraint added : Delta.of(seen).newConstraints()) {
      Catalog.Type domain = seen.after().types().get(added.domain());
      if (domain == null
          || !added.validated()
          || !seen.before().types().containsKey(added.domain())) {
        continue;
      }
      for (long table : seen.scans().keySet()) {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The new constraint of domain %s reads every row of %s under a lock; %s."
                .formatted(domain.qualified(), seen.name(table), bench.cost(seen, table)),
            """
            alter domain %1$s add constraint %2$s %3$s not valid;
            -- in the next revision:
            alter domain %1$s validate constraint %2$s;\
            """
                .formatted(domain.qualified(), Names.quoted(added.name()), added.definition()));
      }
    }
  }
}
