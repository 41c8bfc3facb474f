package dev.whimbrel.hazard;

/** Several statements that each read or copy the same table. */
final class PassesTwice implements Rule {
  @Override
  public String code() {
    return "W209";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (long table : seen.scans().keySet()) {
      if (!bench.hasRows(seen, table) || !seen.says("alter", "table")) {
        continue;
      }
      for (Observation earlier : bench.earlier(seen)) {
        if (earlier.transaction() == seen.transaction()
            && seen.transactional()
            && earlier.scans().containsKey(table)
            && earlier.says("alter", "table")) {
          bench.report(
              seen,
              table,
              Severity.WARN,
              "It goes over %s again, after statement %d did."
                  .formatted(seen.name(table), earlier.index()),
              "Join them: alter table %s …, …;  -- one lock and one pass for all of them"
                  .formatted(seen.name(table)));
          return;
        }
      }
    }
  }
}
