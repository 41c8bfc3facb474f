package dev.whimbrel.hazard;

/** A view that shows rows past the row-level security of its tables. */
final class ViewsPastSecurity implements Rule {
  @Override
  public String code() {
    return "W605";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Relation view : Delta.of(seen).newRelations()) {
      if (view.kind() == 'v'
          && bench.facts().exposed().contains(view.schema())
          && !view.options().contains("security_invoker=true")
          && !view.options().contains("security_invoker=on")) {
        bench.report(
            seen,
            view.oid(),
            Severity.WARN,
            "%s is served to browsers and reads its tables with its owner's rights, past their row-level security."
                .formatted(view.qualified()),
            "alter view %s set (security_invoker = true);  -- PostgreSQL 15 and later"
                .formatted(view.qualified()));
      }
    }
  }
}
