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
          seen.statement().text() + " after " + last(seen) + ";");
    }
  }

  /** The value that was last until now. */
  private static String last(Observation seen) {
    for (var change : Delta.of(seen).changedTypes()) {
      if (!change.was().labels().isEmpty()) {
        String label = change.was().labels().get(change.was().labels().size() - 1);
        return "'" + label.replace("'", "''") + "'";
      }
    }
    return "'the value before it'";
  }
}
