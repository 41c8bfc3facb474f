package dev.whimbrel.hazard;

/** An enum value without a position. */
final class AppendsEnumValue implements Rule {
  @Override
  public String code() {
    return "W809";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (seen.says("alter", "type")
        && seen.mentions("add")
        && seen.mentions("value")
        && !seen.mentions("before")
        && !seen.mentions("after")) {
      bench.report(
          seen,
          "",
          Severity.INFO,
          "The new value sorts last; that it should is not said.",
          seen.statement().text() + " after '…';");
    }
  }
}
