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
          saferWay(seen, table));
    }
  }

  /** The server believes a check; a default partition has to be proven free of the new rows. */
  private static String saferWay(Observation seen, long table) {
    Catalog.Relation before = seen.before().relations().get(table);
    Catalog.Relation after = seen.after().relations().get(table);
    String bounds = after == null ? "" : after.bounds();
    if (before == null || bounds.isEmpty()) {
      return "Move the rows of the new partition out of %s first, in small batches."
          .formatted(seen.name(table));
    }
    String name = Names.quoted(before.name() + "_bounds");
    return """
    alter table %1$s add constraint %2$s check (%3$s) not valid;
    -- in the next revision:
    alter table %1$s validate constraint %2$s;
    -- in the one after it:
    %4$s;
    alter table %1$s drop constraint %2$s;\
    """
        .formatted(seen.name(table), name, bounds, seen.statement().text());
  }
}
