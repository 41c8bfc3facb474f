package dev.whimbrel.hazard;

/** {@code REFRESH MATERIALIZED VIEW} without {@code CONCURRENTLY}. */
final class RefreshesLocking implements Rule {
  @Override
  public String code() {
    return "W108";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (long rewritten : seen.rewrites()) {
      Catalog.Relation view = seen.before().relations().get(rewritten);
      if (view != null && view.kind() == 'm' && seen.existing(rewritten) && seen.says("refresh")) {
        bench.report(
            seen,
            rewritten,
            Severity.WARN,
            "Nobody can read %s while it is filled again.".formatted(view.qualified()),
            "refresh materialized view concurrently %s;  -- needs a unique index on it"
                .formatted(view.qualified()));
      }
    }
  }
}
