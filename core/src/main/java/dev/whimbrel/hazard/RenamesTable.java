package dev.whimbrel.hazard;

/** A table or view that gets another name or schema. */
final class RenamesTable implements Rule {
  @Override
  public String code() {
    return "W402";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedRelations()) {
      boolean moved = !change.was().qualified().equals(change.now().qualified());
      if (moved
          && !change.was().isIndex()
          && change.was().kind() != 'S'
          && seen.existing(change.was().oid())
          && !isThereAgain(seen, bench, change.was().qualified())) {
        bench.report(
            seen,
            change.was().oid(),
            Severity.WARN,
            "Code that still runs asks for %s and fails from this moment on."
                .formatted(change.was().qualified()),
            """
            %3$s;
            create view %1$s as select * from %2$s;  -- until no old code runs\
            """
                .formatted(
                    change.was().qualified(), change.now().qualified(), seen.statement().text()));
      }
    }
  }

  /** Whether the transaction leaves something of the old name, such as a view. */
  private static boolean isThereAgain(Observation seen, Bench bench, String name) {
    return bench.later(seen).stream()
        .filter(each -> seen.transactional() && each.transaction() == seen.transaction())
        .flatMap(each -> each.after().relations().values().stream())
        .anyMatch(each -> each.qualified().equals(name));
  }
}
