package dev.whimbrel.acceptance.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares what {@code pg_dump -s} says of two databases, up to the order of columns and of storage
 * parameters.
 */
final class DumpText {
  /** Written where the comment that every database has on this schema is gone. */
  private static final String NO_COMMENT = "COMMENT ON SCHEMA public IS ''";

  private static final Pattern PARAMETERS = Pattern.compile(" WITH \\(([^()]*)\\)");

  private DumpText() {}

  /** The first statement that only one has, after a minus or plus sign; empty when none has. */
  static String difference(String expected, String actual) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    statements(expected).forEach(statement -> counts.merge(statement, 1, Integer::sum));
    statements(actual).forEach(statement -> counts.merge(statement, -1, Integer::sum));
    List<String> found = new ArrayList<>();
    counts.forEach((statement, count) -> {
      if (count != 0) {
        found.add((count > 0 ? "- " : "+ ") + statement.replace("\n", " "));
      }
    });
    return String.join("\n", found);
  }

  private static List<String> statements(String dump) {
    List<String> statements = new ArrayList<>();
    for (String part : dump.split(";\n", -1)) {
      List<String> lines =
          part.lines()
              .filter(line -> !line.startsWith("--") && !line.isBlank())
              .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
              .toList();
      if (!lines.isEmpty() && !lines.getFirst().equals(NO_COMMENT)) {
        statements.add(sorted(lines));
      }
    }
    return statements;
  }

  /** Columns of a table have no order here. */
  private static String sorted(List<String> lines) {
    if (!lines.getFirst().startsWith("CREATE TABLE")
        && !lines.getFirst().startsWith("CREATE UNLOGGED TABLE")) {
      return parameters(String.join("\n", lines));
    }
    List<String> inner =
        lines.stream().skip(1).map(line -> line.replaceAll(",$", "")).sorted().toList();
    return lines.getFirst() + "\n" + String.join("\n", inner);
  }

  private static String parameters(String statement) {
    return PARAMETERS
        .matcher(statement)
        .replaceAll(found ->
            " WITH ("
                + String.join(", ", Stream.of(found.group(1).split(", ", -1)).sorted().toList())
                + ")");
  }
}
