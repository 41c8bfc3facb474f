package dev.whimbrel.hazard;

/** A statement that the server refused on the scratch database. */
final class Fails implements Rule {
  @Override
  public String code() {
    return "W700";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Observation.Failure failure = seen.failure();
    if (failure != null
        && !failure.sqlState().equals("25001")
        && !failure.sqlState().equals("55P04")
        && !seen.says("drop", "database")) {
      bench.report(
          seen,
          "",
          Severity.ERROR,
          "The server refuses it (%s): %s"
              .formatted(
                  failure.sqlState(),
                  failure.message().replaceFirst("^ERROR: ", "").lines().findFirst().orElse("")),
          "Mend the statement; `whimbrel simulate` runs it again without touching the target.");
    }
  }
}
