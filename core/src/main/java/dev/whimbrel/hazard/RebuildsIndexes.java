package dev.whimbrel.hazard;

/** An index that is rebuilt as a side effect. */
final class RebuildsIndexes implements Rule {
  @Override
  public String code() {
    return "W207";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    if (delta.changedColumns().isEmpty()) {
      return;
    }
    for (long built : seen.indexBuilds()) {
      Catalog.Index index = seen.after().indexes().get(built);
      if (index != null
          && !seen.rewrites().contains(index.relation())
          && seen.before().relations().values().stream()
              .anyMatch(
                  each -> each.isIndex() && each.qualified().equals(seen.after().name(built)))) {
        bench.report(
            seen,
            index.relation(),
            bench.byCost(seen, index.relation()),
            "The change rebuilds the index %s under a lock; %s."
                .formatted(seen.after().name(built), bench.cost(seen, index.relation())),
            "Drop the index concurrently before, and create it concurrently after:\n"
                + index.definition().replaceFirst("INDEX", "INDEX CONCURRENTLY")
                + ";");
      }
    }
  }
}
