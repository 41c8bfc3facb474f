package dev.whimbrel.hazard;

/** {@code IF NOT EXISTS} with {@code CONCURRENTLY} can hide an index that was never finished. */
final class TrustsIndexName implements Rule {
  @Override
  public String code() {
    return "W309";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    boolean guarded =
        (seen.says("create", "index") || seen.says("create", "unique", "index"))
            && seen.mentions("concurrently")
            && seen.mentions("exists");
    if (guarded) {
      bench.report(
          seen,
          "",
          Severity.WARN,
          "An earlier attempt that failed leaves an invalid index of this name, and IF NOT EXISTS then reports success.",
          seen.statement().text().replaceFirst("(?i)\\s+if\\s+not\\s+exists", "") + ";");
    }
  }
}
