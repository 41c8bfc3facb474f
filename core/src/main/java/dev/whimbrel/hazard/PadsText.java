package dev.whimbrel.hazard;

/** {@code char(n)}. */
final class PadsText implements Rule {
  @Override
  public String code() {
    return "W803";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).allNewColumns()) {
      if (added.column().type().startsWith("character(")
          || added.column().type().equals("bpchar")) {
        bench.report(
            seen,
            added.table().oid(),
            Severity.INFO,
            "%s is padded with spaces, which comparisons ignore and other places do not."
                .formatted(added.of()),
            "%s text".formatted(Names.quoted(added.column().name())));
      }
    }
  }
}
