package dev.whimbrel.hazard;

/** A foreign key whose columns have no index. */
final class KeyWithoutIndex implements Rule {
  @Override
  public String code() {
    return "W308";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Constraint key : Delta.of(seen).newConstraints()) {
      if (key.kind() != 'f' || key.parent() != 0) {
        continue;
      }
      Catalog last = bench.plan().get(bench.plan().size() - 1).after();
      boolean covered =
          last.indexes().values().stream()
              .anyMatch(each ->
                  each.relation() == key.relation()
                      && !each.partial()
                      && each.columns().size() >= key.columns().size()
                      && each.columns()
                          .subList(0, key.columns().size())
                          .containsAll(key.columns()));
      if (!covered && last.relations().containsKey(key.relation())) {
        String columns = String.join(", ", seen.after().columnNames(key.relation(), key.columns()));
        bench.report(
            seen,
            key.relation(),
            bench.ifExisting(seen, key.relation(), Severity.WARN),
            "No index of %s begins with %s: each delete or update in %s reads the whole table."
                .formatted(seen.name(key.relation()), columns, seen.name(key.target())),
            "create index concurrently on %s (%s);".formatted(seen.name(key.relation()), columns));
      }
    }
  }
}
