package dev.whimbrel.hazard;

/** A dropped schema or database. */
final class DropsSchema implements Rule {
  @Override
  public String code() {
    return "W506";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (String gone : Delta.of(seen).droppedSchemas()) {
      bench.report(
          seen,
          gone,
          Severity.ERROR,
          "The schema %s is gone with everything in it.".formatted(Names.quoted(gone)),
          "alter schema %s rename to %s;"
              .formatted(Names.quoted(gone), Names.quoted(gone + "_unused")));
    }
    if (seen.says("drop", "database")) {
      bench.report(
          seen,
          "",
          Severity.ERROR,
          "It drops a whole database.",
          "Never drop a database in a migration.");
    }
  }
}
