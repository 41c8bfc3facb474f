package dev.whimbrel.hazard;

/** An index that is invalid after the statement. */
final class LeavesInvalidIndex implements Rule {
  @Override
  public String code() {
    return "W310";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Index index : seen.after().indexes().values()) {
      Catalog.Index was = seen.before().indexes().get(index.oid());
      Catalog.Relation table = seen.after().relations().get(index.relation());
      if (!index.valid() && (was == null || was.valid()) && table != null && table.kind() != 'p') {
        bench.report(
            seen,
            index.relation(),
            Severity.ERROR,
            "It leaves the index %s invalid: it costs writes and serves no query."
                .formatted(seen.after().name(index.oid())),
            "drop index concurrently %s;".formatted(seen.after().name(index.oid())));
      }
    }
  }
}
