package dev.whimbrel.hazard;

import java.util.regex.Pattern;

/** A policy that calls a function of the session for every row. */
final class AsksPerRow implements Rule {
  @Override
  public String code() {
    return "W606";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Policy policy : Delta.of(seen).newPolicies()) {
      boolean perRow =
          Pattern.compile("(?i)(?<!SELECT )\\b(auth\\.\\w+\\(\\)|current_setting\\()")
              .matcher(policy.expression())
              .find();
      if (perRow) {
        bench.report(
            seen,
            policy.relation(),
            Severity.INFO,
            "The policy %s asks for the session's user anew for every row."
                .formatted(Names.quoted(policy.name())),
            "Wrap the call: (select auth.uid()) is asked once for each query.");
      }
    }
  }
}
