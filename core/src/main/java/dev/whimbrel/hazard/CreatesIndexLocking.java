package dev.whimbrel.hazard;

/** {@code CREATE INDEX} without {@code CONCURRENTLY}. */
final class CreatesIndexLocking implements Rule {
  @Override
  public String code() {
    return "W307";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    for (Catalog.Index index : delta.newIndexes()) {
      long table = index.relation();
      LockMode held = seen.held().get(table);
      if (seen.transactional()
          && seen.before().relations().containsKey(table)
          && delta.constraintOf(index) == null
          && delta.changedColumns().isEmpty()
          && held != null
          && held.blocksWrites()
          && Names.parent(seen.after(), index.oid()) == 0) {
        Catalog.Relation on = seen.relation(table);
        String safer =
            on != null && on.kind() == 'p'
                ? """
                create index %1$s on only %2$s …;
                -- for each partition, outside a transaction:
                create index concurrently … on …;
                alter index %1$s attach partition …;\
                """
                    .formatted(seen.after().name(index.oid()), seen.name(table))
                : index.definition().replaceFirst("INDEX", "INDEX CONCURRENTLY") + ";";
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "Building the index stops writes to %s; %s."
                .formatted(seen.name(table), bench.cost(seen, table)),
            safer);
      }
    }
  }
}
