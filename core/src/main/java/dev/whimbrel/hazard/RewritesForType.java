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
        String name = Names.quoted(change.was().name());
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "Changing %s from %s to %s copies the whole table; %s."
                .formatted(
                    change.of(), change.was().type(), change.now().type(), bench.cost(seen, table)),
            """
            alter table %1$s add column %2$s_new %3$s;
            -- keep both equal with a trigger, fill the new column in small batches, then
            alter table %1$s rename column %2$s to %2$s_old;
            alter table %1$s rename column %2$s_new to %2$s;\
            """
                .formatted(change.table().qualified(), name, change.now().type()));
      }
    }
  }
}
