package dev.whimbrel.hazard;

/** A constraint that nobody validates. */
final class LeavesNotValid implements Rule {
  @Override
  public String code() {
    return "W314";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Catalog last = bench.plan().get(bench.plan().size() - 1).after();
    for (Catalog.Constraint added : Delta.of(seen).newConstraints()) {
      Catalog.Constraint end = last.constraints().get(added.oid());
      if (!added.validated() && end != null && !end.validated() && added.relation() != 0) {
        bench.report(
            seen,
            added.relation(),
            Severity.INFO,
            "%s holds for new rows only until it is validated."
                .formatted(Names.quoted(added.name())),
            "In the next revision:\nalter table %s validate constraint %s;"
                .formatted(seen.name(added.relation()), Names.quoted(added.name())));
      }
    }
  }
}
