package dev.whimbrel.hazard;

/** A name that is longer than the server keeps. */
final class CutsName implements Rule {
  @Override
  public String code() {
    return "W807";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Observation.Notice notice : seen.notices()) {
      if (notice.sqlState().equals("42622")) {
        bench.report(
            seen,
            "",
            Severity.WARN,
            "The server cuts a name: %s.".formatted(notice.message()),
            "Use a name of at most 63 bytes.");
      }
    }
  }
}
