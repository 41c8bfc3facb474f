package dev.whimbrel.hazard;

/** A table or view that gets another name or schema. */
final class RenamesTable implements Rule {
  @Override
  public String code() {
    return "W402";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedRelations()) {
      boolean moved = !change.was().qualified().equals(change.now().qualified());
      if (moved
          && !change.was().isIndex()
          && change.was().kind() != 'S'
          && seen.existing(change.was().oid())) {
        bench.report(
            seen,
            change.was().oid(),
            Severity.WARN,
            "Code that still runs asks for %s and fails from this moment on."
                .formatted(change.was().qualified()),
            "create view %s as select * from %s;  -- in the same revision; drop it when no old code runs"
                .formatted(change.was().qualified(), change.now().qualified()));
      }
    }
  }
}
