package dev.whimbrel.hazard;

import java.util.regex.Pattern;

/** A trigger of an existing table that is disabled or dropped. */
final class SilencesTrigger implements Rule {
  private static final char OFF = 'D';
  private static final Pattern ALL = Pattern.compile("(?i)\\bdisable\\s+trigger\\s+all\\b");
  private static final Pattern ON_AGAIN = Pattern.compile("(?i)\\benable\\s+trigger\\s+all\\b");

  @Override
  public String code() {
    return "W411";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    keys(seen, bench);
    for (Catalog.Trigger was : seen.before().triggers().values()) {
      Catalog.Trigger now = seen.after().triggers().get(was.oid());
      boolean table = seen.after().relations().containsKey(was.relation());
      boolean silent = now == null || (now.enabled() == OFF && was.enabled() != OFF);
      if (silent
          && table
          && seen.origin().triggers().containsKey(was.oid())
          && !firesAgain(seen, bench, was)) {
        String name = Names.quoted(was.name());
        bench.report(
            seen,
            was.relation(),
            Severity.WARN,
            "%s no longer fires on %s: what it checked or wrote is missing from now on."
                .formatted(name, seen.name(was.relation())),
            now == null
                ? "Create what replaces it in the same revision."
                : "alter table %s enable trigger %s;  -- in the same revision"
                    .formatted(seen.name(was.relation()), name));
      }
    }
  }

  /** The triggers behind foreign keys have no names that one would know. */
  private static void keys(Observation seen, Bench bench) {
    boolean again =
        bench.later(seen).stream()
            .filter(each -> seen.transactional() && each.transaction() == seen.transaction())
            .anyMatch(each -> ON_AGAIN.matcher(each.statement().text()).find());
    if (again || !ALL.matcher(seen.statement().text()).find()) {
      return;
    }
    for (long table : seen.locks().keySet()) {
      boolean keyed =
          seen.origin().constraints().values().stream()
              .anyMatch(each ->
                  each.kind() == 'f' && (each.relation() == table || each.target() == table));
      if (keyed) {
        bench.report(
            seen,
            table,
            Severity.WARN,
            "The foreign keys of %s are no longer checked: rows without their other half come in."
                .formatted(seen.name(table)),
            "alter table %s enable trigger all;  -- in the same revision"
                .formatted(seen.name(table)));
      }
    }
  }

  /** Whether the transaction leaves a trigger of this name that fires. */
  private static boolean firesAgain(Observation seen, Bench bench, Catalog.Trigger was) {
    return bench.later(seen).stream()
        .filter(each -> seen.transactional() && each.transaction() == seen.transaction())
        .flatMap(each -> each.after().triggers().values().stream())
        .anyMatch(each ->
            each.relation() == was.relation()
                && each.name().equals(was.name())
                && each.enabled() != OFF);
  }
}
