package dev.whimbrel.hazard;

/** Long work while a lock from an earlier statement keeps everybody off a table. */
final class WorksUnderLock implements Rule {
  @Override
  public String code() {
    return "W101";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!seen.transactional() || bench.own(seen).toMillis() < 50) {
      return;
    }
    for (Observation earlier : bench.earlier(seen)) {
      if (earlier.transaction() != seen.transaction()) {
        continue;
      }
      for (var lock : earlier.locks().entrySet()) {
        if (lock.getValue().blocksReads()
            && earlier.existing(lock.getKey())
            && bench.hasRows(earlier, lock.getKey())
            && Names.isTable(earlier, lock.getKey())) {
          bench.report(
              seen,
              lock.getKey(),
              bench.byCost(seen, lock.getKey()),
              "It runs while %s is still locked by statement %d; %s."
                  .formatted(
                      earlier.name(lock.getKey()),
                      earlier.index(),
                      bench.cost(seen, lock.getKey())),
              "Move this statement to a revision of its own, before or after the one that locks "
                  + earlier.name(lock.getKey())
                  + ".");
          return;
        }
      }
    }
  }
}
