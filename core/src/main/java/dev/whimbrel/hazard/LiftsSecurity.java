package dev.whimbrel.hazard;

/** Row-level security that is turned off, or a policy that goes. */
final class LiftsSecurity implements Rule {
  @Override
  public String code() {
    return "W607";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedRelations()) {
      if (change.was().rowSecurity()
          && !change.now().rowSecurity()
          && seen.existing(change.was().oid())) {
        bench.report(
            seen,
            change.was().oid(),
            Severity.WARN,
            "Whoever may read %s sees all its rows from now on."
                .formatted(change.was().qualified()),
            "alter table %s enable row level security;".formatted(change.now().qualified()));
      }
    }
    for (Catalog.Policy was : seen.before().policies().values()) {
      if (!seen.after().policies().containsKey(was.oid())
          && seen.after().relations().containsKey(was.relation())
          && seen.origin().policies().containsKey(was.oid())
          && !isReplaced(seen, bench, was)) {
        bench.report(
            seen,
            was.relation(),
            Severity.WARN,
            "Without the policy %s, code that still runs sees or writes other rows of %s."
                .formatted(Names.quoted(was.name()), seen.name(was.relation())),
            "Create the policy that replaces it in the same revision.");
      }
    }
  }

  private static boolean isReplaced(Observation seen, Bench bench, Catalog.Policy was) {
    return bench.later(seen).stream()
        .filter(each -> seen.transactional() && each.transaction() == seen.transaction())
        .flatMap(each -> Delta.of(each).newPolicies().stream())
        .anyMatch(each -> each.relation() == was.relation());
  }
}
