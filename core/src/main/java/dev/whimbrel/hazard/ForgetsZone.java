package dev.whimbrel.hazard;

/** {@code timestamp} without a time zone. */
final class ForgetsZone implements Rule {
  @Override
  public String code() {
    return "W805";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).allNewColumns()) {
      if (added.column().type().matches("timestamp(\\(\\d\\))? without time zone")) {
        bench.report(
            seen,
            added.table().oid(),
            Severity.INFO,
            "%s says no moment: what it means depends on who reads it.".formatted(added.of()),
            "%s timestamptz".formatted(Names.quoted(added.column().name())));
      }
    }
  }
}
