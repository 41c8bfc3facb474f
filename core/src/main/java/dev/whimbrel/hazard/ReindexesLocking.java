package dev.whimbrel.hazard;

/** {@code REINDEX} without {@code CONCURRENTLY}. */
final class ReindexesLocking implements Rule {
  @Override
  public String code() {
    return "W106";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    boolean many = seen.says("reindex") && !seen.mentions("concurrently");
    if (many && (seen.mentions("schema") || seen.mentions("database") || seen.mentions("system"))) {
      bench.report(
          seen,
          "",
          Severity.WARN,
          "It rebuilds many indexes, one after the other, and stops writes to each table"
              + " meanwhile.",
          seen.statement()
                  .text()
                  .replaceFirst("(?i)\\b(schema|database|system)\\b", "$1 concurrently")
              + ";");
      return;
    }
    for (long rewritten : seen.rewrites()) {
      Catalog.Index index = seen.before().indexes().get(rewritten);
      if (index != null
          && !seen.rewrites().contains(index.relation())
          && seen.held().get(index.oid()) == LockMode.ACCESS_EXCLUSIVE
          && Names.isTable(seen, index.relation())) {
        bench.report(
            seen,
            index.relation(),
            bench.byCost(seen, index.relation()),
            "It rebuilds %s under a lock that stops writes, and reads through that index; %s."
                .formatted(seen.name(index.oid()), bench.cost(seen, index.relation())),
            "reindex index concurrently %s;".formatted(seen.name(index.oid())));
      }
    }
  }
}
