package dev.whimbrel.hazard;

/** {@code LOCK TABLE}. */
final class LocksByHand implements Rule {
  @Override
  public String code() {
    return "W103";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!seen.says("lock")) {
      return;
    }
    seen.locks()
        .forEach((oid, mode) -> {
          if (seen.existing(oid) && mode.blocksWrites()) {
            bench.report(
                seen,
                oid,
                bench.byCost(seen, oid),
                "It locks %s by hand until the transaction ends; %s."
                    .formatted(seen.name(oid), bench.cost(seen, oid)),
                "Leave it out: each statement takes the lock it needs.");
          }
        });
  }
}
