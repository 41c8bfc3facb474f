package dev.whimbrel.hazard;

import java.util.List;

/** {@code VACUUM FULL} and {@code CLUSTER}. */
final class CopiesByCommand implements Rule {
  @Override
  public String code() {
    return "W205";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!seen.says("vacuum") && !seen.says("cluster")) {
      return;
    }
    if (seen.statement().words().equals(List.of("cluster"))) {
      bench.report(
          seen,
          "",
          Severity.WARN,
          "It copies every table that was clustered before, while nobody can read it.",
          "pg_repack or pg_squeeze does the same beside the running code.");
      return;
    }
    for (long rewritten : seen.rewrites()) {
      if (Names.isTable(seen, rewritten)) {
        bench.report(
            seen,
            rewritten,
            bench.byCost(seen, rewritten),
            "It copies %s while nobody can read it; %s."
                .formatted(seen.name(rewritten), bench.cost(seen, rewritten)),
            "pg_repack or pg_squeeze does the same beside the running code: pg_repack --table="
                + seen.name(rewritten));
      }
    }
  }
}
