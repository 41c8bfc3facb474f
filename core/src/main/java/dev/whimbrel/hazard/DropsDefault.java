package dev.whimbrel.hazard;

/** A default that old code relies on. */
final class DropsDefault implements Rule {
  @Override
  public String code() {
    return "W404";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedColumns()) {
      Catalog.Column was = change.was();
      Catalog.Column now = change.now();
      boolean gone =
          (was.isCounted() && !now.isCounted() && now.defaultValue().isEmpty())
              || (!was.defaultValue().isEmpty() && now.defaultValue().isEmpty());
      if (gone && seen.existing(change.table().oid()) && !isGivenAgain(seen, bench, change)) {
        bench.report(
            seen,
            change.table().oid(),
            Severity.WARN,
            (was.generated() != ' '
                    ? "Nothing computes %s any longer for the rows that code which still runs"
                        + " inserts."
                    : now.notNull()
                        ? "Code that still runs inserts without %s and fails when the default is"
                            + " gone."
                        : "Code that still runs inserts without %s, and the column stays null when"
                            + " the default is gone.")
                .formatted(change.of()),
            "Let the code set the column first, and drop the default in a later revision.");
      }
    }
  }

  /** Whether the transaction leaves the column with another source of values. */
  private static boolean isGivenAgain(Observation seen, Bench bench, Delta.ColumnChange change) {
    return bench.later(seen).stream()
        .filter(each -> seen.transactional() && each.transaction() == seen.transaction())
        .map(each -> each.after().relations().get(change.table().oid()))
        .anyMatch(table -> {
          Catalog.Column column = table == null ? null : table.columns().get(change.now().number());
          return column != null && (column.isCounted() || !column.defaultValue().isEmpty());
        });
  }
}
