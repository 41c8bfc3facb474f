package dev.whimbrel.hazard;

/** {@code DETACH PARTITION} without {@code CONCURRENTLY}. */
final class DetachesLocking implements Rule {
  @Override
  public String code() {
    return "W107";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedRelations()) {
      long parent = change.was().parent();
      if (parent != 0
          && change.now().parent() == 0
          && seen.locks().get(parent) == LockMode.ACCESS_EXCLUSIVE) {
        bench.report(
            seen,
            parent,
            bench.ifExisting(seen, parent, Severity.WARN),
            "Detaching %s locks all of %s against reads and writes."
                .formatted(change.was().qualified(), seen.name(parent)),
            "alter table %s detach partition %s concurrently;"
                .formatted(seen.name(parent), change.was().qualified()));
      }
    }
  }
}
