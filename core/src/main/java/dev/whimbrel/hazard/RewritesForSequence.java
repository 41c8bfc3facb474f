package dev.whimbrel.hazard;

/** A new serial or identity column. */
final class RewritesForSequence implements Rule {
  @Override
  public String code() {
    return "W204";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).newColumns()) {
      long table = added.table().oid();
      if (seen.rewrites().contains(table) && added.column().isCounted()) {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "Numbering the rows for %s copies the whole table; %s."
                .formatted(added.of(), bench.cost(seen, table)),
            """
            alter table %1$s add column %2$s %3$s;
            create sequence %4$s owned by %1$s.%2$s;
            alter table %1$s alter column %2$s set default nextval('%4$s');
            -- in the next revision:
            %5$s\
            """
                .formatted(
                    added.table().qualified(),
                    Names.quoted(added.column().name()),
                    added.column().type(),
                    Names.qualified(
                        added.table().schema(),
                        added.table().name() + "_" + added.column().name() + "_seq"),
                    Batches.fill(
                        added.table().qualified(),
                        Names.quoted(added.column().name()),
                        "default")));
      }
    }
  }
}
