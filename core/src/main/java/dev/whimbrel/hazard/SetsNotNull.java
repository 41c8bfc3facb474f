package dev.whimbrel.hazard;

/** {@code SET NOT NULL} that has to read the table. */
final class SetsNotNull implements Rule {
  @Override
  public String code() {
    return "W301";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedColumns()) {
      long table = change.table().oid();
      boolean primary =
          Delta.of(seen).newConstraints().stream()
              .anyMatch(each -> each.relation() == table && each.kind() == 'p');
      if (!change.was().notNull()
          && change.now().notNull()
          && !primary
          && (seen.scans().containsKey(table) || seen.rewrites().contains(table))) {
        String name = Names.quoted(change.now().name());
        String check =
            Names.quoted(change.table().name() + "_" + change.now().name() + "_not_null");
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "SET NOT NULL on %s reads every row under a lock; %s."
                .formatted(change.of(), bench.cost(seen, table)),
            """
            alter table %1$s add constraint %3$s check (%2$s is not null) not valid;
            -- in the next revision:
            alter table %1$s validate constraint %3$s;
            alter table %1$s alter column %2$s set not null;
            alter table %1$s drop constraint %3$s;\
            """
                .formatted(change.table().qualified(), name, check));
      }
    }
  }
}
