package dev.whimbrel.hazard;

import java.util.regex.Pattern;

/** A constraint on a domain reads every table that uses it. */
final class ChecksDomain implements Rule {
  private static final Pattern NOT_NULL = Pattern.compile("(?i)\\bset\\s+not\\s+null\\b");

  @Override
  public String code() {
    return "W311";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (seen.says("alter", "domain") && NOT_NULL.matcher(seen.statement().text()).find()) {
      report(
          seen,
          bench,
          "A domain that allows no null any more",
          "-- a check can be added without that, and validated in the next revision:\n"
              + NOT_NULL
                  .matcher(seen.statement().text())
                  .replaceFirst("add check (value is not null) not valid")
              + ";");
    }
    for (Catalog.Constraint added : Delta.of(seen).newConstraints()) {
      Catalog.Type domain = seen.after().types().get(added.domain());
      if (domain == null
          || !added.validated()
          || !seen.before().types().containsKey(added.domain())) {
        continue;
      }
      report(
          seen,
          bench,
          "The new constraint of domain " + domain.qualified(),
          """
          alter domain %1$s add constraint %2$s %3$s not valid;
          -- in the next revision:
          alter domain %1$s validate constraint %2$s;\
          """
              .formatted(domain.qualified(), Names.quoted(added.name()), added.definition()));
    }
  }

  private static void report(Observation seen, Bench bench, String what, String saferWay) {
    for (long table : seen.scans().keySet()) {
      bench.report(
          seen,
          table,
          bench.byCost(seen, table),
          "%s reads every row of %s under a lock; %s."
              .formatted(what, seen.name(table), bench.cost(seen, table)),
          saferWay);
    }
  }
}
