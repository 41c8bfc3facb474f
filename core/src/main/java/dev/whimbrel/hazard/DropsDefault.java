package dev.whimbrel.hazard;

/** A default that old code relies on. */
final class DropsDefault implements Rule {
  @Override
  public String code() {
    return "W404";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedColumns()) {
      if (!change.was().defaultValue().isEmpty()
          && change.now().defaultValue().isEmpty()
          && change.now().notNull()
          && seen.existing(change.table().oid())) {
        bench.report(
            seen,
            change.table().oid(),
            Severity.WARN,
            "Code that still runs inserts without %s and fails when the default is gone."
                .formatted(change.of()),
            "Let the code set the column first, and drop the default in a later revision.");
      }
    }
  }
}
