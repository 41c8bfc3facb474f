package dev.whimbrel.importing;

import dev.whimbrel.sql.Directive;
import dev.whimbrel.sql.Element;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Statement;
import dev.whimbrel.sql.StatementReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Another tool's script, made fit for a revision: what looks like a directive is none any more,
 * statements that begin and end transactions are gone, and what stood outside of transactions is
 * marked. Comments and white space stay. Not thread-safe.
 */
final class ScriptEditor {
  private final String text;
  private final List<At> statements = new ArrayList<>();
  private final TreeMap<Integer, Edit> edits = new TreeMap<>();

  /** A statement and the index of its first character. */
  record At(Statement statement, int offset) {}

  private record Edit(int length, String replacement) {}

  /** Reads a script; {@code file} stands in errors. */
  ScriptEditor(Lexis lexis, String file, String script) {
    text = script;
    int[] lines = lineStarts(text);
    StatementReader reader = new StatementReader(lexis, file, text, 0);
    for (Element element = reader.next(); element != null; element = reader.next()) {
      int line = lines[element.place().line() - 1];
      int offset = text.offsetByCodePoints(line, Math.max(element.place().column(), 1) - 1);
      switch (element) {
        case Statement statement -> statements.add(new At(statement, offset));
        case Directive directive -> edits.put(text.indexOf('+', offset), new Edit(1, "(+)"));
      }
    }
  }

  /**
   * A whole script, or a part of one, as a revision has it.
   *
   * @param line 1-based, where the part begins in its file
   * @param noTransaction whether every statement runs outside a transaction
   */
  static String body(Lexis lexis, String file, int line, String sql, boolean noTransaction) {
    String placed = "\n".repeat(Math.max(0, line - 1)) + sql;
    ScriptEditor editor = new ScriptEditor(lexis, file, placed);
    editor.transactions(noTransaction);
    return editor.slice(0, placed.length());
  }

  /** A text that must not be split. */
  static String block(String sql) {
    return "-- +statement\n" + sql.strip() + "\n-- +end";
  }

  /** The statements in order. */
  List<At> statements() {
    return statements;
  }

  /** Takes out what begins and ends transactions, and marks what stands outside of them. */
  void transactions(boolean outsideAll) {
    boolean controlled = statements.stream().anyMatch(at -> begins(at.statement()));
    boolean outside = outsideAll;
    for (At at : statements) {
      if (begins(at.statement())) {
        remove(at);
        outside = outsideAll;
      } else if (ends(at.statement())) {
        remove(at);
        outside = outsideAll || controlled;
      } else if (outside) {
        markOutside(at);
      }
    }
  }

  private static boolean begins(Statement statement) {
    return statement.startsWith("begin") || statement.startsWith("start", "transaction");
  }

  private static boolean ends(Statement statement) {
    return statement.startsWith("commit") || statement.startsWith("end");
  }

  /** Takes a statement out, terminator included. */
  void remove(At at) {
    int end = at.offset() + at.statement().text().length();
    int sign = end;
    while (sign < text.length() && Character.isWhitespace(text.charAt(sign))) {
      sign++;
    }
    boolean terminated = sign < text.length() && text.charAt(sign) == ';';
    int rest = terminated ? sign + 1 : end;
    int next = rest;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    int line = text.lastIndexOf('\n', next - 1) + 1;
    edits.put(at.offset(), new Edit(Math.max(rest, line) - at.offset(), ""));
  }

  private void markOutside(At at) {
    boolean first = at.offset() == 0 || text.charAt(at.offset() - 1) == '\n';
    edits.put(at.offset(), new Edit(0, (first ? "" : "\n") + "-- +no-transaction\n"));
  }

  /** A part of the edited text, without blank lines around it. */
  String slice(int from, int to) {
    StringBuilder slice = new StringBuilder();
    int position = from;
    for (var entry : edits.subMap(from, to).entrySet()) {
      slice.append(text, position, entry.getKey()).append(entry.getValue().replacement());
      position = entry.getKey() + entry.getValue().length();
    }
    slice.append(text, Math.min(position, to), to);
    return slice.toString().replace("\r\n", "\n").strip();
  }

  private static int[] lineStarts(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      starts.add(i + 1);
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
