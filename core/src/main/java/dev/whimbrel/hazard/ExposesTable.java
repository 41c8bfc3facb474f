package dev.whimbrel.hazard;

/** A table in an exposed schema without row-level security. */
final class ExposesTable implements Rule {
  @Override
  public String code() {
    return "W601";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Catalog last = bench.plan().get(bench.plan().size() - 1).after();
    for (Catalog.Relation table : Delta.of(seen).newRelations()) {
      Catalog.Relation end = last.relations().get(table.oid());
      if (table.isTable()
          && table.parent() == 0
          && bench.facts().exposed().contains(table.schema())
          && end != null
          && !end.rowSecurity()) {
        bench.report(
            seen,
            table.oid(),
            Severity.ERROR,
            "The platform serves schema %s to browsers, and %s has no row-level security: anybody with the public key reads and writes it."
                .formatted(table.schema(), table.qualified()),
            """
            alter table %1$s enable row level security;
            create policy own_rows on %1$s to authenticated using (user_id = (select auth.uid()));\
            """
                .formatted(table.qualified()));
      }
    }
  }
}
