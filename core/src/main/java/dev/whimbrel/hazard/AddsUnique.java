package dev.whimbrel.hazard;

/** A unique constraint that builds its index under a lock. */
final class AddsUnique implements Rule {
  @Override
  public String code() {
    return "W304";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Constraint added : Delta.of(seen).newConstraints()) {
      long table = added.relation();
      if (added.kind() == 'u' && seen.indexBuilds().contains(added.index())) {
        String name = Names.quoted(added.name());
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The unique constraint %s builds its index while nobody can use %s; %s."
                .formatted(name, seen.name(table), bench.cost(seen, table)),
            """
            create unique index concurrently %2$s on %1$s (%3$s);
            -- in the next revision:
            alter table %1$s add constraint %2$s unique using index %2$s;\
            """
                .formatted(
                    seen.name(table),
                    name,
                    String.join(", ", seen.after().columnNames(table, added.columns()))));
      }
    }
  }
}
