package dev.whimbrel.hazard;

/** Attaching or creating a partition that makes the server read a table. */
final class AttachesUnchecked implements Rule {
  @Override
  public String code() {
    return "W313";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    boolean attaches =
        delta.changedRelations().stream()
                .anyMatch(each -> each.was().parent() == 0 && each.now().parent() != 0)
            || delta.newRelations().stream().anyMatch(each -> each.parent() != 0 && each.isTable());
    if (!attaches) {
      return;
    }
    for (long table : seen.scans().keySet()) {
      bench.report(
          seen,
          table,
          bench.byCost(seen, table),
          "To be sure that the bounds hold, the server reads every row of %s under a lock; %s."
              .formatted(seen.name(table), bench.cost(seen, table)),
          """
          alter table %1$s add constraint bounds check (…the bounds, and not null…) not valid;
          alter table %1$s validate constraint bounds;
          -- then attach the partition, then drop the check\
          """
              .formatted(seen.name(table)));
    }
  }
}
