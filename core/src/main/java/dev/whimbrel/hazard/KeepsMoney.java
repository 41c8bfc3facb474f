package dev.whimbrel.hazard;

/** The type {@code money}. */
final class KeepsMoney implements Rule {
  @Override
  public String code() {
    return "W811";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).allNewColumns()) {
      if (added.column().type().equals("money")) {
        bench.report(
            seen,
            added.table().oid(),
            Severity.INFO,
            "What %s holds depends on the server's locale.".formatted(added.of()),
            "%s numeric(19, 4)".formatted(Names.quoted(added.column().name())));
      }
    }
  }
}
