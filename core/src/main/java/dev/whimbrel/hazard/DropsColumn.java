package dev.whimbrel.hazard;

/** A dropped column: its data are gone, and old code still asks for it. */
final class DropsColumn implements Rule {
  @Override
  public String code() {
    return "W501";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var gone : Delta.of(seen).droppedColumns()) {
      Catalog.Relation was = seen.origin().relations().get(gone.table().oid());
      if (was != null && was.columns().containsKey(gone.column().number())) {
        bench.report(
            seen,
            gone.table().oid(),
            bench.hasRows(seen, gone.table().oid()) ? Severity.ERROR : Severity.WARN,
            "The data in %s are lost, and code that still runs asks for them.".formatted(gone.of()),
            "-- first deploy code that does not use it; then, where it stands in the file:\n-- +allow W501 nothing reads "
                + gone.column().name()
                + " any more\n"
                + seen.statement().text()
                + ";");
      }
    }
  }
}
