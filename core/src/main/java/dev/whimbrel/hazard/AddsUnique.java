package dev.whimbrel.hazard;

/** A unique constraint that builds its index under a lock. */
final class AddsUnique implements Rule {
  @Override
  public String code() {
    return "W304";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Constraint added : Delta.of(seen).addedConstraints()) {
      long table = added.relation();
      if (added.kind() == 'u' && seen.indexBuilds().contains(added.index())) {
        String name = Names.quoted(added.name());
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The unique constraint %s builds its index while nobody can use %s; %s."
                .formatted(name, seen.name(table), bench.cost(seen, table)),
            newColumns(seen, added)
                + """
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

  /** Columns that come with the constraint, without it. */
  private static String newColumns(Observation seen, Catalog.Constraint added) {
    StringBuilder text = new StringBuilder();
    for (var each : Delta.of(seen).newColumns()) {
      if (each.table().oid() == added.relation()
          && added.columns().contains(each.column().number())) {
        text.append("alter table ")
            .append(each.table().qualified())
            .append(" add column ")
            .append(Names.quoted(each.column().name()))
            .append(' ')
            .append(each.column().type())
            .append(";\n");
      }
    }
    return text.toString();
  }
}
