package dev.whimbrel.hazard;

import java.time.Duration;

/** One transaction that collects blocking locks on several tables can deadlock with the code. */
final class LocksSeveralTables implements Rule {
  /** Two locks that are held no longer than this hardly ever meet the code's. */
  private static final Duration BRIEF = Duration.ofMillis(200);

  @Override
  public String code() {
    return "W102";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!seen.transactional()) {
      return;
    }
    for (Observation earlier : bench.earlier(seen)) {
      if (earlier.transaction() == seen.transaction()) {
        String first = blocked(earlier, bench);
        String second = blocked(seen, bench);
        if (!first.isEmpty()
            && !second.isEmpty()
            && !earlier.held().keySet().equals(seen.held().keySet())
            && !first.equals(second)) {
          bench.report(
              seen,
              second,
              bench.blocks(earlier).compareTo(BRIEF) > 0 ? Severity.WARN : Severity.INFO,
              "It locks %s while statement %d still holds %s; code that uses them in another order deadlocks with it."
                  .formatted(second, earlier.index(), first),
              """
              -- give each table a revision of its own, or begin with this, in the order of the code:
              lock table %s, %s in access exclusive mode;\
              """
                  .formatted(first, second));
          return;
        }
      }
    }
  }

  private static String blocked(Observation seen, Bench bench) {
    return seen.locks().entrySet().stream()
        .filter(each -> each.getValue().blocksWrites() && seen.existing(each.getKey()))
        .filter(each -> Names.isTable(seen, each.getKey()) && bench.hasRows(seen, each.getKey()))
        .map(each -> seen.name(each.getKey()))
        .sorted()
        .findFirst()
        .orElse("");
  }
}
