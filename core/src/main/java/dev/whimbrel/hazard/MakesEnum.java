package dev.whimbrel.hazard;

/** A new enum type, whose values can never be removed. */
final class MakesEnum implements Rule {
  @Override
  public String code() {
    return "W810";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Type type : Delta.of(seen).newTypes()) {
      if (type.kind() == 'e') {
        bench.report(
            seen,
            type.qualified(),
            Severity.INFO,
            "A value of %s can be added but never removed.".formatted(type.qualified()),
            "A table of the values with a foreign key, or text with a check, can be changed online.");
      }
    }
  }
}
