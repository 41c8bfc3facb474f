package dev.whimbrel.hazard;

/** A type change that copies the table. */
final class RewritesForType implements Rule {
  @Override
  public String code() {
    return "W201";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedColumns()) {
      long table = change.table().oid();
      if (!change.was().type().equals(change.now().type()) && seen.rewrites().contains(table)) {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "Changing %s from %s to %s copies the whole table; %s."
                .formatted(
                    change.of(), change.was().type(), change.now().type(), bench.cost(seen, table)),
            saferWay(change));
      }
    }
  }

  /** A second column that a trigger keeps equal until it takes the first one's name. */
  private static String saferWay(Delta.ColumnChange change) {
    Catalog.Relation table = change.table();
    String plain = change.was().name();
    String column = Names.quoted(plain);
    String fresh = Names.quoted(plain + "_new");
    String type = change.now().type();
    String function = Names.qualified(table.schema(), table.name() + "_" + plain + "_copy");
    return """
    alter table %1$s add column %3$s %4$s;
    create function %5$s() returns trigger language plpgsql
      as $$ begin new.%3$s := new.%2$s::%4$s; return new; end $$;
    create trigger %6$s before insert or update on %1$s
      for each row execute function %5$s();
    -- in the next revision:
    %7$s
    -- in the one after it, when indexes and constraints of the new column are there too:
    alter table %1$s rename column %2$s to %8$s;
    -- +allow W401 no code knows the name of the copy
    alter table %1$s rename column %3$s to %2$s;
    -- +allow W411 the copy is the column now
    drop trigger %6$s on %1$s;
    drop function %5$s();\
    """
        .formatted(
            table.qualified(),
            column,
            fresh,
            type,
            function,
            Names.quoted(table.name() + "_" + plain + "_copy"),
            Batches.copy(table.qualified(), fresh, column + "::" + type),
            Names.quoted(plain + "_old"));
  }
}
