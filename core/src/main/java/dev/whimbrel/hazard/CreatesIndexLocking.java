package dev.whimbrel.hazard;

import java.util.Comparator;

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
                ? byPartition(seen, index)
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

  /** The server builds no index of a partitioned table concurrently, but each of its parts. */
  private static String byPartition(Observation seen, Catalog.Index index) {
    StringBuilder text = new StringBuilder(only(index.definition(), true)).append(';');
    seen.after().indexes().values().stream()
        .filter(each -> Names.parent(seen.after(), each.oid()) == index.oid())
        .sorted(Comparator.comparingLong(Catalog.Index::oid))
        .forEach(each ->
            text.append('\n')
                .append(only(each.definition(), false).replaceFirst("INDEX", "INDEX CONCURRENTLY"))
                .append(";\nALTER INDEX ")
                .append(seen.after().name(index.oid()))
                .append(" ATTACH PARTITION ")
                .append(seen.after().name(each.oid()))
                .append(';'));
    return text.toString();
  }

  /** With {@code ONLY} or without, whichever the server prints. */
  private static String only(String definition, boolean wanted) {
    return definition.replaceFirst(" ON (?:ONLY )?", wanted ? " ON ONLY " : " ON ");
  }
}
