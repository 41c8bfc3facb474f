package dev.whimbrel.hazard;

/** A dropped table. */
final class DropsTable implements Rule {
  @Override
  public String code() {
    return "W502";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Relation gone : Delta.of(seen).droppedRelations()) {
      if (gone.isTable() && seen.existing(gone.oid())) {
        bench.report(
            seen,
            gone.oid(),
            bench.hasRows(seen, gone.oid()) ? Severity.ERROR : Severity.WARN,
            "All rows of %s are lost, and code that still runs asks for them."
                .formatted(gone.qualified()),
            "alter table %s rename to %s;  -- keep it for a while, and drop it in a later revision"
                .formatted(gone.qualified(), Names.quoted(gone.name() + "_unused")));
      }
    }
  }
}
