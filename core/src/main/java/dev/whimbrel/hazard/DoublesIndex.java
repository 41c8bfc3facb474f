package dev.whimbrel.hazard;

/** An index that another one makes needless. */
final class DoublesIndex implements Rule {
  @Override
  public String code() {
    return "W315";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Index index : Delta.of(seen).newIndexes()) {
      for (Catalog.Index other : seen.after().indexes().values()) {
        boolean covers =
            other.oid() != index.oid()
                && other.relation() == index.relation()
                && !other.partial()
                && !index.partial()
                && !index.unique()
                && !index.columns().contains(0)
                && other.method().equals(index.method())
                && other.method().equals("btree")
                && other.columns().size() >= index.columns().size()
                && other.columns().subList(0, index.columns().size()).equals(index.columns())
                && seen.before().indexes().containsKey(other.oid());
        if (covers) {
          bench.report(
              seen,
              index.relation(),
              Severity.INFO,
              "%s serves no query that %s does not serve, and each write pays for it."
                  .formatted(seen.after().name(index.oid()), seen.after().name(other.oid())),
              "Leave it out.");
          break;
        }
      }
    }
  }
}
