package dev.whimbrel.hazard;

import java.util.regex.Pattern;

/** A sequence that is set back: the numbers that it gives out next may be taken. */
final class CountsAgain implements Rule {
  private static final Pattern RESTART = Pattern.compile("(?i)\\brestart\\b");

  @Override
  public String code() {
    return "W414";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    boolean alters = seen.says("alter", "sequence") || seen.says("alter", "table");
    if (!alters || !RESTART.matcher(seen.statement().text()).find()) {
      return;
    }
    for (long oid : seen.locks().keySet()) {
      Catalog.Relation sequence = seen.origin().relations().get(oid);
      if (sequence != null && sequence.kind() == 'S') {
        bench.report(
            seen,
            oid,
            Severity.WARN,
            "%s gives out numbers again that rows may have: inserts then fail as duplicates."
                .formatted(sequence.qualified()),
            """
            -- for the column that it numbers:
            select setval('%s', (select coalesce(max(id), 0) + 1 from the_table), false);\
            """
                .formatted(sequence.qualified().replace("'", "''")));
      }
    }
  }
}
