package dev.whimbrel.hazard;

/** An index over more than three columns that is not unique. */
final class IndexesManyColumns implements Rule {
  @Override
  public String code() {
    return "W316";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Index index : Delta.of(seen).newIndexes()) {
      if (!index.unique() && index.columns().size() > 3 && index.method().equals("btree")) {
        bench.report(
            seen,
            index.relation(),
            Severity.INFO,
            "Few queries profit from the %d columns of %s, and each write pays for them."
                .formatted(index.columns().size(), seen.after().name(index.oid())),
            "Keep the one or two columns that find few rows.");
      }
    }
  }
}
