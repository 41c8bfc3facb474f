package dev.whimbrel.hazard;

/** {@code varchar(n)}. */
final class LimitsText implements Rule {
  @Override
  public String code() {
    return "W804";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).allNewColumns()) {
      if (added.column().type().startsWith("character varying(")) {
        String name = Names.quoted(added.column().name());
        bench.report(
            seen,
            added.table().oid(),
            Severity.INFO,
            "Making the limit of %s smaller later copies the table; a check can be changed online."
                .formatted(added.of()),
            "%1$s text check (length(%1$s) <= %2$s)"
                .formatted(name, added.column().type().replaceAll("\\D", "")));
      }
    }
  }
}
