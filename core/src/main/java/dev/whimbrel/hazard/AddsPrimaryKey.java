package dev.whimbrel.hazard;

/** A primary key that builds its index, or looks for nulls, under a lock. */
final class AddsPrimaryKey implements Rule {
  @Override
  public String code() {
    return "W305";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Constraint added : Delta.of(seen).addedConstraints()) {
      long table = added.relation();
      if (added.kind() == 'p'
          && seen.scans().containsKey(table)
          && seen.before().relations().containsKey(table)) {
        String columns = String.join(", ", seen.after().columnNames(table, added.columns()));
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The primary key reads every row of %s while nobody can use it; %s."
                .formatted(seen.name(table), bench.cost(seen, table)),
            """
            -- first make the columns NOT NULL through a validated check, then
            create unique index concurrently %2$s on %1$s (%3$s);
            alter table %1$s add constraint %2$s primary key using index %2$s;\
            """
                .formatted(seen.name(table), Names.quoted(added.name()), columns));
      }
    }
  }
}
