package dev.whimbrel.hazard;

/** {@code DROP NOT NULL}. */
final class AllowsNull implements Rule {
  @Override
  public String code() {
    return "W403";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedColumns()) {
      if (change.was().notNull()
          && !change.now().notNull()
          && seen.existing(change.table().oid())) {
        bench.report(
            seen,
            change.table().oid(),
            Severity.WARN,
            "Code that still runs trusts that %s is never null.".formatted(change.of()),
            "Teach the code to read nulls first, and deploy this afterwards.");
      }
    }
  }
}
