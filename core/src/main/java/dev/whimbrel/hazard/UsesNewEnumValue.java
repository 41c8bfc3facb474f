package dev.whimbrel.hazard;

/** An enum value used in the transaction that adds it. */
final class UsesNewEnumValue implements Rule {
  @Override
  public String code() {
    return "W705";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Observation.Failure failure = seen.failure();
    if (failure != null && failure.sqlState().equals("55P04")) {
      bench.report(
          seen,
          "",
          Severity.ERROR,
          "A new enum value can be used only after the transaction that adds it has ended.",
          "Add the value in a revision of its own, before this one.");
    }
  }
}
