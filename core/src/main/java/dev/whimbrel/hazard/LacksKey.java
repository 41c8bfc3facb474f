package dev.whimbrel.hazard;

/** A table without a primary key. */
final class LacksKey implements Rule {
  @Override
  public String code() {
    return "W808";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Catalog last = bench.plan().get(bench.plan().size() - 1).after();
    for (Catalog.Relation table : Delta.of(seen).newRelations()) {
      boolean keyed =
          last.constraints().values().stream()
              .anyMatch(each -> each.kind() == 'p' && each.relation() == table.oid());
      if (table.isTable()
          && table.parent() == 0
          && !keyed
          && last.relations().containsKey(table.oid())) {
        bench.report(
            seen,
            table.oid(),
            Severity.INFO,
            "%s has no primary key: logical replicas refuse updates, and duplicates cannot be told apart."
                .formatted(table.qualified()),
            "alter table %s add column id bigint generated always as identity primary key;"
                .formatted(table.qualified()));
      }
    }
  }
}
