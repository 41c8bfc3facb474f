package dev.whimbrel.hazard;

/** A statement that fails as soon as the table has rows. */
final class NeedsEmptyTable implements Rule {
  @Override
  public String code() {
    return "W317";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!seen.onlyWithRows()) {
      return;
    }
    for (var added : Delta.of(seen).newColumns()) {
      if (added.column().notNull() && added.column().defaultValue().isEmpty()) {
        bench.report(
            seen,
            added.table().oid(),
            bench.hasRows(seen, added.table().oid()) ? Severity.ERROR : Severity.INFO,
            "The old rows of %s have no value for %s, which must not be null: it fails as soon as there are rows."
                .formatted(added.table().qualified(), Names.quoted(added.column().name())),
            """
            alter table %1$s add column %2$s %3$s;
            -- fill it, then make it NOT NULL through a validated check; or give it a default\
            """
                .formatted(
                    added.table().qualified(),
                    Names.quoted(added.column().name()),
                    added.column().type()));
      }
    }
  }
}
