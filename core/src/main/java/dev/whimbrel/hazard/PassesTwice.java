package dev.whimbrel.hazard;

import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Token;
import java.util.List;

/** Several statements that each read or copy the same table. */
final class PassesTwice implements Rule {
  @Override
  public String code() {
    return "W209";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (long table : seen.scans().keySet()) {
      if (!bench.hasRows(seen, table) || !seen.says("alter", "table")) {
        continue;
      }
      for (Observation earlier : bench.earlier(seen)) {
        if (earlier.transaction() == seen.transaction()
            && seen.transactional()
            && earlier.scans().containsKey(table)
            && earlier.says("alter", "table")) {
          bench.report(
              seen,
              table,
              Severity.WARN,
              "It goes over %s again, after statement %d did."
                  .formatted(seen.name(table), earlier.index()),
              joined(earlier.statement().text(), seen));
          return;
        }
      }
    }
  }

  /** One statement for both, with one lock and one pass. */
  private static String joined(String first, Observation second) {
    List<Token> tokens = new Splitter(Lexis.postgresql()).tokens(second.statement().text());
    int at = 2;
    for (String word : List.of("if", "exists", "only")) {
      at += at < tokens.size() && tokens.get(at).text().equalsIgnoreCase(word) ? 1 : 0;
    }
    at++;
    while (at + 1 < tokens.size() && tokens.get(at).text().equals(".")) {
      at += 2;
    }
    String actions =
        at < tokens.size() ? second.statement().text().substring(tokens.get(at).offset()) : "";
    return first + ",\n  " + actions + ";  -- instead of both";
  }
}
