package dev.whimbrel.hazard;

/** A renamed column. */
final class RenamesColumn implements Rule {
  @Override
  public String code() {
    return "W401";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedColumns()) {
      Catalog.Relation table = change.table();
      if (!change.was().name().equals(change.now().name()) && seen.existing(table.oid())) {
        bench.report(
            seen,
            table.oid(),
            Severity.WARN,
            "Code that still runs asks for %s and fails from this moment on."
                .formatted(change.of()),
            """
            alter table %1$s add column %3$s %4$s;
            -- keep both equal with a trigger, move the code, then in a later revision
            alter table %1$s drop column %2$s;\
            """
                .formatted(
                    table.qualified(),
                    Names.quoted(change.was().name()),
                    Names.quoted(change.now().name()),
                    change.now().type()));
      }
    }
  }
}
