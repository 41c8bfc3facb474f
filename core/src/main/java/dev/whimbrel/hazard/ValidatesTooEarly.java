package dev.whimbrel.hazard;

/** {@code VALIDATE} in the transaction that added the constraint. */
final class ValidatesTooEarly implements Rule {
  @Override
  public String code() {
    return "W312";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedConstraints()) {
      long table = change.now().relation();
      if (change.was().validated() || !change.now().validated() || !seen.transactional()) {
        continue;
      }
      for (Observation earlier : bench.earlier(seen)) {
        if (earlier.transaction() == seen.transaction()
            && Delta.of(earlier).newConstraints().stream()
                .anyMatch(each -> each.oid() == change.now().oid())) {
          bench.report(
              seen,
              table,
              bench.byCost(seen, table),
              "It validates %s while the lock from adding it in statement %d is still held; %s."
                  .formatted(
                      Names.quoted(change.now().name()), earlier.index(), bench.cost(seen, table)),
              "-- in the next revision:\nalter table %s validate constraint %s;"
                  .formatted(seen.name(table), Names.quoted(change.now().name())));
        }
      }
    }
  }
}
