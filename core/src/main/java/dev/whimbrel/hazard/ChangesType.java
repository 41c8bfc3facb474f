package dev.whimbrel.hazard;

/** A column whose type reads differently in code. */
final class ChangesType implements Rule {
  @Override
  public String code() {
    return "W407";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedColumns()) {
      String was = family(change.was().type());
      String now = family(change.now().type());
      if (!was.equals(now) && seen.existing(change.table().oid())) {
        bench.report(
            seen,
            change.table().oid(),
            Severity.WARN,
            "Code that still runs reads %s as %s and gets %s.".formatted(change.of(), was, now),
            """
            alter table %1$s add column %2$s_new %3$s;
            -- write both, fill the old rows in small batches, move the code, drop the old column later\
            """
                .formatted(
                    change.table().qualified(),
                    Names.quoted(change.was().name()),
                    change.now().type()));
      }
    }
  }

  private static String family(String type) {
    String plain = type.replaceAll("\\(.*?\\)", "");
    return switch (plain) {
      case "character varying", "text", "character", "bpchar" -> "text";
      case "smallint", "integer", "bigint" -> "a whole number";
      case "timestamp without time zone" -> "a time without zone";
      case "timestamp with time zone" -> "a time with zone";
      default -> plain;
    };
  }
}
