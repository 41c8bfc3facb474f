package dev.whimbrel.hazard;

/** A setting that outlives the transaction. */
final class SetsForSession implements Rule {
  @Override
  public String code() {
    return "W706";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    boolean session =
        seen.says("set")
            && !seen.mentions("local")
            && !seen.mentions("transaction")
            && !seen.mentions("constraints");
    if (session || seen.says("reset") || seen.says("discard")) {
      bench.report(
          seen,
          "",
          Severity.WARN,
          "The setting stays with the session: the next revision inherits it, and through a pooler somebody else does.",
          session
              ? seen.statement().text().replaceFirst("(?i)^set(\\s+session)?\\s+", "set local ")
                  + ";"
              : "Leave it out.");
    }
  }
}
