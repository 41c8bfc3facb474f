package dev.whimbrel.hazard;

/** Anything else that copies a table. */
final class CopiesTable implements Rule {
  @Override
  public String code() {
    return "W206";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (seen.says("vacuum") || seen.says("cluster") || seen.says("truncate")) {
      return;
    }
    Delta delta = Delta.of(seen);
    for (long rewritten : seen.rewrites()) {
      boolean explained =
          delta.changedColumns().stream()
                  .anyMatch(each ->
                      each.table().oid() == rewritten
                          && (!each.was().type().equals(each.now().type())
                              || RewritesForGenerated.isComputedAnew(each)))
              || delta.newColumns().stream()
                  .anyMatch(each ->
                      each.table().oid() == rewritten && !each.column().defaultValue().isEmpty())
              || delta.newColumns().stream()
                  .anyMatch(each -> each.table().oid() == rewritten && each.column().isCounted());
      if (Names.isTable(seen, rewritten) && !explained) {
        bench.report(
            seen,
            rewritten,
            bench.byCost(seen, rewritten),
            "It copies all of %s into a new file; %s."
                .formatted(seen.name(rewritten), bench.cost(seen, rewritten)),
            "Do it in a maintenance window, or build a second table beside it and swap the names.");
      }
    }
  }
}
