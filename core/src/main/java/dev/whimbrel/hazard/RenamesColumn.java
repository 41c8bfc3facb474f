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
      if (!change.was().name().equals(change.now().name())
          && seen.existing(table.oid())
          && !isThereAgain(seen, bench, change)) {
        bench.report(
            seen,
            table.oid(),
            Severity.WARN,
            "Code that still runs asks for %s and fails from this moment on."
                .formatted(change.of()),
            """
            alter table %1$s add column %3$s %4$s;
            create function %5$s() returns trigger language plpgsql as $$ begin
              if tg_op = 'INSERT' then
                new.%3$s := coalesce(new.%3$s, new.%2$s); new.%2$s := new.%3$s;
              elsif new.%2$s is distinct from old.%2$s then new.%3$s := new.%2$s;
              else new.%2$s := new.%3$s;
              end if;
              return new;
            end $$;
            create trigger %6$s before insert or update on %1$s
              for each row execute function %5$s();
            -- in the next revision:
            %7$s
            -- when no code uses the old name, in a later revision:
            -- +allow W411 only the new name is used
            drop trigger %6$s on %1$s;
            drop function %5$s();
            -- +allow W501 only the new name is used
            alter table %1$s drop column %2$s;\
            """
                .formatted(
                    table.qualified(),
                    Names.quoted(change.was().name()),
                    Names.quoted(change.now().name()),
                    change.now().type(),
                    Names.qualified(
                        table.schema(), table.name() + "_" + change.now().name() + "_both"),
                    Names.quoted(table.name() + "_" + change.now().name() + "_both"),
                    Batches.copy(
                        table.qualified(),
                        Names.quoted(change.now().name()),
                        Names.quoted(change.was().name()))));
      }
    }
  }

  /** Whether the transaction leaves a column of the old name. */
  private static boolean isThereAgain(Observation seen, Bench bench, Delta.ColumnChange change) {
    return bench.later(seen).stream()
        .filter(each -> seen.transactional() && each.transaction() == seen.transaction())
        .map(each -> each.after().relations().get(change.table().oid()))
        .anyMatch(table -> table != null && table.column(change.was().name()) != null);
  }
}
