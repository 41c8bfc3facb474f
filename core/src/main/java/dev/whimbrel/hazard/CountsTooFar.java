package dev.whimbrel.hazard;

import java.util.List;

/** A key or counter that ends at two thousand million. */
final class CountsTooFar implements Rule {
  @Override
  public String code() {
    return "W801";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).allNewColumns()) {
      boolean small =
          added.column().type().equals("integer") || added.column().type().equals("smallint");
      boolean key =
          seen.after().constraints().values().stream()
              .anyMatch(each ->
                  each.kind() == 'p'
                      && each.relation() == added.table().oid()
                      && each.columns().equals(List.of(added.column().number())));
      if (small && (added.column().isCounted() || key)) {
        bench.report(
            seen,
            added.table().oid(),
            Severity.INFO,
            "%s is %s: the numbers run out, and widening it later copies the table."
                .formatted(added.of(), added.column().type()),
            "%s bigint generated always as identity"
                .formatted(Names.quoted(added.column().name())));
      }
    }
  }
}
