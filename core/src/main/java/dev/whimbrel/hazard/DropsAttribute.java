package dev.whimbrel.hazard;

/** A composite type that loses an attribute: what columns of it held there is gone. */
final class DropsAttribute implements Rule {
  @Override
  public String code() {
    return "W509";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedTypes()) {
      Catalog.Type was = change.was();
      if (was.kind() != 'c'
          || !seen.origin().types().containsKey(was.oid())
          || change.now().labels().size() >= was.labels().size()) {
        continue;
      }
      for (String label : was.labels()) {
        if (!change.now().labels().contains(label)) {
          report(seen, bench, was, label);
        }
      }
    }
  }

  private void report(Observation seen, Bench bench, Catalog.Type type, String label) {
    String attribute = Names.quoted(label) + " of " + type.qualified();
    boolean used = false;
    for (Catalog.Relation table : seen.origin().relations().values()) {
      for (Catalog.Column column : table.columns().values()) {
        if (table.isTable() && type.isTypeOf(column.type().replace("[]", ""))) {
          used = true;
          bench.report(
              seen,
              table.oid(),
              bench.hasRows(seen, table.oid()) ? Severity.ERROR : Severity.WARN,
              "What %s of %s holds in %s is lost, and code that still runs asks for it."
                  .formatted(Names.quoted(column.name()), table.qualified(), attribute),
              later(seen, label));
        }
      }
    }
    if (!used) {
      bench.report(
          seen,
          type.qualified(),
          Severity.WARN,
          "Code that still runs reads and writes %s and fails from this moment on."
              .formatted(attribute),
          later(seen, label));
    }
  }

  private static String later(Observation seen, String label) {
    return """
    -- first copy what is to be kept and deploy code that does not use it; then:
    -- +allow W509 nothing reads %s any more
    %s;\
    """
        .formatted(label, seen.statement().text());
  }
}
