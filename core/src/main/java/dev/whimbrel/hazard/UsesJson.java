package dev.whimbrel.hazard;

/** {@code json}, which has no equality. */
final class UsesJson implements Rule {
  @Override
  public String code() {
    return "W806";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).allNewColumns()) {
      if (added.column().type().equals("json")) {
        bench.report(
            seen,
            added.table().oid(),
            bench.ifExisting(seen, added.table().oid(), Severity.WARN),
            "%s has no equality: SELECT DISTINCT and UNION over the table fail."
                .formatted(added.of()),
            "%s jsonb".formatted(Names.quoted(added.column().name())));
      }
    }
  }
}
