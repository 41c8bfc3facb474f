package dev.whimbrel.verify;

import dev.whimbrel.dialect.Contents;
import dev.whimbrel.history.HistoryTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What changed in a schema since the last run left it. */
public final class Drift {
  /** Where {@code meta} keeps the schema's text. */
  public static final String KEY = "schema";

  private Drift() {}

  /** What differs now; empty also when no run has left anything to compare with. */
  public static List<String> look(Connection connection, Contents contents, HistoryTables tables)
      throws SQLException {
    String left = tables.meta(connection, KEY);
    return left == null
        ? List.of()
        : between(left, contents.fingerprint(connection, tables.home()));
  }

  /** Lines only in the first text with a minus, lines only in the second with a plus. */
  public static List<String> between(String before, String now) {
    TreeSet<String> gone = new TreeSet<>(lines(before));
    TreeSet<String> come = new TreeSet<>(lines(now));
    List<String> same = new ArrayList<>(gone);
    same.retainAll(come);
    same.forEach(gone::remove);
    same.forEach(come::remove);
    List<String> differences = new ArrayList<>();
    gone.forEach(line -> differences.add("- " + line));
    come.forEach(line -> differences.add("+ " + line));
    return differences;
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isEmpty()).toList();
  }
}
