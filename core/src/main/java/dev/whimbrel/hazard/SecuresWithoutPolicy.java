package dev.whimbrel.hazard;

/** Row-level security without a policy lets nobody in. */
final class SecuresWithoutPolicy implements Rule {
  @Override
  public String code() {
    return "W602";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Catalog last = bench.plan().get(bench.plan().size() - 1).after();
    for (Catalog.Relation table : seen.after().relations().values()) {
      Catalog.Relation was = seen.before().relations().get(table.oid());
      boolean turnedOn = table.rowSecurity() && (was == null || !was.rowSecurity());
      boolean policy =
          last.policies().values().stream().anyMatch(each -> each.relation() == table.oid());
      if (turnedOn && !policy) {
        bench.report(
            seen,
            table.oid(),
            seen.existing(table.oid()) ? Severity.WARN : Severity.INFO,
            "%s has row-level security and no policy: only its owner sees rows."
                .formatted(table.qualified()),
            "create policy readers on %s for select using (true);  -- or whatever the rule is"
                .formatted(table.qualified()));
      }
    }
  }
}
