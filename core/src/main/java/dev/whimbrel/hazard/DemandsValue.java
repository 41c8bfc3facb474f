package dev.whimbrel.hazard;

/** A column that must have a value, which old code does not give. */
final class DemandsValue implements Rule {
  @Override
  public String code() {
    return "W408";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    for (var change : delta.changedColumns()) {
      if (!change.was().notNull()
          && change.now().notNull()
          && change.now().defaultValue().isEmpty()
          && change.now().identity() == ' ') {
        report(seen, bench, change.table(), change.now());
      }
    }
    for (var added : delta.newColumns()) {
      if (added.column().notNull()
          && added.column().defaultValue().isEmpty()
          && added.column().identity() == ' ') {
        report(seen, bench, added.table(), added.column());
      }
    }
  }

  private static void report(
      Observation seen, Bench bench, Catalog.Relation table, Catalog.Column column) {
    if (seen.existing(table.oid())) {
      bench.report(
          seen,
          table.oid(),
          Severity.WARN,
          "Code that still runs may insert into %s without %s, and fails then."
              .formatted(table.qualified(), Names.quoted(column.name())),
          "alter table %s alter column %s set default %s;  -- until all code gives a value"
              .formatted(
                  table.qualified(),
                  Names.quoted(column.name()),
                  Neutral.of(seen.after(), column.type())));
    }
  }
}
