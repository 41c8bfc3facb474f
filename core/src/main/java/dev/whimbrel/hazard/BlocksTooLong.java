package dev.whimbrel.hazard;

/** Whatever else blocks others for longer than the budget. */
final class BlocksTooLong implements Rule {
  @Override
  public String code() {
    return "W104";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (bench.found(seen) || bench.blocks(seen).compareTo(bench.facts().budget()) <= 0) {
      return;
    }
    for (long table : seen.locks().keySet()) {
      if (bench.byCost(seen, table) == Severity.ERROR
          && Names.isTable(seen, table)
          && seen.held().getOrDefault(table, LockMode.ACCESS_SHARE).blocksWrites()) {
        bench.report(
            seen,
            table,
            Severity.ERROR,
            "%s is locked for long: %s.".formatted(seen.name(table), bench.cost(seen, table)),
            "Split the revision, so that nothing long runs after this statement.");
        return;
      }
    }
  }
}
