package dev.whimbrel.hazard;

import java.util.Locale;
import java.util.regex.Pattern;

/** {@code statement_timeout} turned off by the file. */
final class RunsForever implements Rule {
  @Override
  public String code() {
    return "W704";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (seen.says("set")
        && seen.mentions("statement_timeout")
        && Pattern.compile("(=|\\bto\\b)\\s*'?0")
            .matcher(seen.statement().text().toLowerCase(Locale.ROOT))
            .find()) {
      bench.report(
          seen,
          "",
          Severity.WARN,
          "Nothing ends a statement that takes longer than anybody expected.",
          "set local statement_timeout = '15min';");
    }
  }
}
