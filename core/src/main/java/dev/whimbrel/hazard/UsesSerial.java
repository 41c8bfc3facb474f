package dev.whimbrel.hazard;

import java.util.regex.Pattern;

/** {@code serial} instead of an identity column. */
final class UsesSerial implements Rule {
  @Override
  public String code() {
    return "W802";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).allNewColumns()) {
      if (added.column().identity() == ' '
          && added.column().defaultValue().startsWith("nextval(")
          && Pattern.compile("(?i)\\b(big|small)?serial").matcher(seen.statement().text()).find()) {
        bench.report(
            seen,
            added.table().oid(),
            Severity.INFO,
            "%s is a serial: its sequence has rights of its own, and an insert may overrule it."
                .formatted(added.of()),
            "%s bigint generated always as identity"
                .formatted(Names.quoted(added.column().name())));
      }
    }
  }
}
