package dev.whimbrel.hazard;

/** A policy without effect, that lets every write through, or that asks what users can set. */
final class ProtectsNothing implements Rule {
  @Override
  public String code() {
    return "W608";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Catalog last = bench.plan().get(bench.plan().size() - 1).after();
    for (Catalog.Policy policy : Delta.of(seen).newPolicies()) {
      Catalog.Relation table = last.relations().get(policy.relation());
      String name = Names.quoted(policy.name());
      String on = seen.name(policy.relation());
      if (policy.expression().contains("user_metadata")) {
        bench.report(
            seen,
            policy.relation(),
            Severity.WARN,
            "The policy %s asks for user_metadata, which each user can change.".formatted(name),
            "Keep what decides about rights in app_metadata or in a table.");
      } else if (table != null && !table.rowSecurity()) {
        bench.report(
            seen,
            policy.relation(),
            Severity.WARN,
            "The policy %s has no effect: row-level security is off for %s.".formatted(name, on),
            "alter table %s enable row level security;".formatted(on));
      } else if (policy.command() != 'r' && policy.expression().matches("true( true)?")) {
        bench.report(
            seen,
            policy.relation(),
            Severity.WARN,
            "The policy %s lets its roles write every row of %s.".formatted(name, on),
            "Let everybody read, and write their own rows: one policy `for select`, others with a"
                + " condition.");
      }
    }
  }
}
