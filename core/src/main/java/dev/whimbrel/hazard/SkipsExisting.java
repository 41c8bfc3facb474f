package dev.whimbrel.hazard;

import java.util.regex.Pattern;

/** {@code IF NOT EXISTS} that finds something: nothing is done, also where it differs. */
final class SkipsExisting implements Rule {
  private static final Pattern GUARDED = Pattern.compile("(?i)\\bif\\s+not\\s+exists\\b");

  @Override
  public String code() {
    return "W318";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    boolean makes =
        seen.says("create", "table")
            || seen.says("create", "unlogged", "table")
            || seen.says("alter", "table");
    if (makes
        && seen.failure() == null
        && GUARDED.matcher(seen.statement().text()).find()
        && seen.before().relations().equals(seen.after().relations())
        && seen.before().constraints().equals(seen.after().constraints())) {
      bench.report(
          seen,
          "",
          Severity.WARN,
          "What it makes is there already, so it does nothing, also where that one is of another"
              + " shape.",
          "-- compare the two, and write what is missing, or leave it out:\n"
              + GUARDED.matcher(seen.statement().text()).replaceFirst("").replaceAll(" {2,}", " ")
              + ";");
    }
  }
}
