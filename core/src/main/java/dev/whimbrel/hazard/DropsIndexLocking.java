package dev.whimbrel.hazard;

/** {@code DROP INDEX} without {@code CONCURRENTLY}. */
final class DropsIndexLocking implements Rule {
  @Override
  public String code() {
    return "W105";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    if (seen.says("drop", "index", "if", "exists")
        && seen.transactional()
        && delta.droppedIndexes().isEmpty()) {
      bench.report(
          seen,
          "",
          Severity.WARN,
          "No revision makes this index. Where it exists, dropping it waits for every query on its"
              + " table and keeps new ones out meanwhile.",
          seen.statement().text().replaceFirst("(?i)index", "index concurrently") + ";");
    }
    for (Catalog.Index index : delta.droppedIndexes()) {
      boolean alone =
          seen.transactional()
              && seen.after().relations().containsKey(index.relation())
              && delta.droppedColumns().isEmpty()
              && delta.droppedConstraints().isEmpty()
              && delta.newIndexes().isEmpty();
      if (alone && seen.existing(index.oid())) {
        bench.report(
            seen,
            index.relation(),
            bench.ifExisting(seen, index.relation(), Severity.WARN),
            "Dropping the index waits for every query on %s and keeps new ones out meanwhile."
                .formatted(seen.name(index.relation())),
            "drop index concurrently %s;".formatted(seen.name(index.oid())));
      }
    }
  }
}
