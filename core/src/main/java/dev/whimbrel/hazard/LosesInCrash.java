package dev.whimbrel.hazard;

/** An unlogged table: a crash empties it, and replicas never see its rows. */
final class LosesInCrash implements Rule {
  private static final char UNLOGGED = 'u';

  @Override
  public String code() {
    return "W813";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    delta.newRelations().forEach(each -> report(seen, bench, each, Severity.INFO));
    for (var change : delta.changedRelations()) {
      if (change.was().persistence() != UNLOGGED) {
        report(
            seen, bench, change.now(), bench.ifExisting(seen, change.now().oid(), Severity.WARN));
      }
    }
  }

  private static void report(
      Observation seen, Bench bench, Catalog.Relation table, Severity severity) {
    if (table.isTable() && table.persistence() == UNLOGGED) {
      bench.report(
          seen,
          table.oid(),
          severity,
          "A crash of the server empties %s, and replicas and backups of the log have no rows of it."
              .formatted(table.qualified()),
          "alter table %s set logged;  -- unless its rows can be made again"
              .formatted(table.qualified()));
    }
  }
}
