package dev.whimbrel.hazard;

/** A type that holds less than the one before. */
final class NarrowsType implements Rule {
  @Override
  public String code() {
    return "W504";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedColumns()) {
      if (Types.narrows(change.was().type(), change.now().type())
          && seen.existing(change.table().oid())) {
        bench.report(
            seen,
            change.table().oid(),
            bench.hasRows(seen, change.table().oid()) ? Severity.ERROR : Severity.WARN,
            "%s cannot hold everything that %s can: values are cut, rounded or refused."
                .formatted(change.now().type(), change.was().type()),
            """
            alter table %1$s add constraint %2$s_fits check (%3$s) not valid;
            -- mend the rows, validate the check, and keep the wider type\
            """
                .formatted(
                    change.table().qualified(),
                    change.was().name(),
                    Types.fits(Names.quoted(change.was().name()), change.now().type())));
      }
    }
  }
}
