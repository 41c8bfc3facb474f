package dev.whimbrel.hazard;

/** A constraint that no longer protects the data. */
final class DropsConstraint implements Rule {
  @Override
  public String code() {
    return "W508";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    for (Catalog.Constraint gone : delta.droppedConstraints()) {
      boolean table = seen.after().relations().containsKey(gone.relation());
      boolean column = delta.droppedColumns().isEmpty();
      boolean proof = gone.kind() == 'c' && gone.definition().contains("IS NOT NULL");
      boolean rebuilt =
          delta.newConstraints().stream()
              .anyMatch(
                  each -> each.name().equals(gone.name()) && each.relation() == gone.relation());
      if (table
          && column
          && !proof
          && !rebuilt
          && gone.kind() != 'n'
          && seen.origin().constraints().containsKey(gone.oid())) {
        bench.report(
            seen,
            gone.relation(),
            Severity.WARN,
            "Without %s nothing stops rows that break it: %s."
                .formatted(Names.quoted(gone.name()), gone.definition()),
            "Add what replaces it in the same revision, before dropping it.");
      }
    }
  }
}
