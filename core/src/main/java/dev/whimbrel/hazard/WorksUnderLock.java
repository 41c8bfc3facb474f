package dev.whimbrel.hazard;

import java.util.List;

/** Long work while a lock from an earlier statement keeps everybody off a table. */
final class WorksUnderLock implements Rule {
  @Override
  public String code() {
    return "W101";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!isWork(seen, bench)) {
      return;
    }
    for (Observation earlier : bench.earlier(seen)) {
      if (earlier.transaction() != seen.transaction()) {
        continue;
      }
      for (var lock : earlier.locks().entrySet()) {
        if ((lock.getValue().blocksReads()
                || (lock.getValue().blocksWrites() && changesNoSchema(seen)))
            && earlier.existing(lock.getKey())
            && bench.hasRows(earlier, lock.getKey())
            && Names.isTable(earlier, lock.getKey())) {
          if (isSaid(seen, earlier, bench)) {
            return;
          }
          long more =
              bench.later(seen).stream()
                  .filter(each -> each.transaction() == seen.transaction())
                  .filter(each -> isWork(each, bench))
                  .count();
          bench.report(
              seen,
              lock.getKey(),
              bench.byCost(seen, lock.getKey()),
              "%s while %s is still locked by statement %d; %s."
                  .formatted(
                      more == 0
                          ? "It runs"
                          : "It runs, and "
                              + more
                              + (more == 1 ? " later statement," : " later statements,"),
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

  /** Queries have no reason to run while others wait; what builds up a schema may have one. */
  private static boolean changesNoSchema(Observation seen) {
    return List.of("select", "with", "insert", "update", "delete", "call", "copy")
        .contains(seen.statement().words().isEmpty() ? "" : seen.statement().words().get(0));
  }

  private static boolean isWork(Observation seen, Bench bench) {
    return seen.transactional() && bench.own(seen).toMillis() >= 50;
  }

  /** Whether the same was said of a statement between the two. */
  private static boolean isSaid(Observation seen, Observation earlier, Bench bench) {
    return bench.earlier(seen).stream()
        .anyMatch(each ->
            each.transaction() == seen.transaction()
                && each.index() > earlier.index()
                && isWork(each, bench));
  }
}
