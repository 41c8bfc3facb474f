package dev.whimbrel.hazard;

/** A statement that cannot run in a transaction, in one. */
final class NeedsNoTransaction implements Rule {
  @Override
  public String code() {
    return "W701";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Observation.Failure failure = seen.failure();
    if (failure != null && failure.sqlState().equals("25001")) {
      bench.report(
          seen,
          "",
          Severity.ERROR,
          "It cannot run within a transaction.",
          "-- +no-transaction\n" + seen.statement().text() + ";");
    }
  }
}
