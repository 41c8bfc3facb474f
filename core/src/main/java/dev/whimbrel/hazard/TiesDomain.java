package dev.whimbrel.hazard;

/** A domain that is born with a constraint. */
final class TiesDomain implements Rule {
  @Override
  public String code() {
    return "W812";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    for (Catalog.Type domain : delta.newTypes()) {
      boolean tied =
          domain.kind() == 'd'
              && delta.newConstraints().stream().anyMatch(each -> each.domain() == domain.oid());
      if (tied) {
        bench.report(
            seen,
            domain.qualified(),
            Severity.INFO,
            "Another constraint for %s will one day read every table that uses it."
                .formatted(domain.qualified()),
            "Put the check on the columns: there it can be added NOT VALID, one table at a time.");
      }
    }
  }
}
