package dev.whimbrel.hazard;

/** A new column whose default has to be computed for each row. */
final class RewritesForDefault implements Rule {
  @Override
  public String code() {
    return "W202";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).newColumns()) {
      long table = added.table().oid();
      Catalog.Column column = added.column();
      if (seen.rewrites().contains(table)
          && !column.defaultValue().isEmpty()
          && column.generated() == ' '
          && !column.isCounted()) {
        String name = Names.quoted(column.name());
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The default of %s is computed for every row, so the whole table is copied; %s."
                .formatted(added.of(), bench.cost(seen, table)),
            """
            alter table %1$s add column %2$s %3$s;
            alter table %1$s alter column %2$s set default %4$s;
            -- in the next revision:
            %5$s\
            """
                .formatted(
                    added.table().qualified(),
                    name,
                    column.type(),
                    column.defaultValue(),
                    Batches.fill(added.table().qualified(), name, column.defaultValue())));
      }
    }
  }
}
