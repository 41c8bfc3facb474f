package dev.whimbrel.hazard;

/** {@code TRUNCATE}. */
final class EmptiesTable implements Rule {
  @Override
  public String code() {
    return "W503";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!seen.says("truncate")) {
      return;
    }
    for (long table : seen.rewrites()) {
      if (Names.isTable(seen, table) && seen.existing(table)) {
        bench.report(
            seen,
            table,
            bench.hasRows(seen, table) ? Severity.ERROR : Severity.WARN,
            "All rows of %s are lost.".formatted(seen.name(table)),
            "Delete what is to go, in batches, with a condition; never with CASCADE.");
      }
    }
  }
}
