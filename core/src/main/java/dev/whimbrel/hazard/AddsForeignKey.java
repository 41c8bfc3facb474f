package dev.whimbrel.hazard;

/** A foreign key that is validated while it is added. */
final class AddsForeignKey implements Rule {
  @Override
  public String code() {
    return "W303";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Constraint added : Delta.of(seen).addedConstraints()) {
      long table = added.relation();
      if (added.kind() == 'f'
          && added.validated()
          && added.parent() == 0
          && seen.before().relations().containsKey(table)
          && (seen.scans().containsKey(table) || !newColumn(seen, added))) {
        String name = Names.quoted(added.name());
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "Adding the foreign key %s checks every row and stops writes to both tables; %s."
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

  /** A key on a column that is new and empty has nothing to check. */
  private static boolean newColumn(Observation seen, Catalog.Constraint key) {
    Catalog.Relation table = seen.before().relations().get(key.relation());
    return table != null && key.columns().stream().noneMatch(table.columns()::containsKey);
  }
}
