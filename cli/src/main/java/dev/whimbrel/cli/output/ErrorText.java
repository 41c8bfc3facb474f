package dev.whimbrel.cli.output;

import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A problem in words: the code, what, where, the statement with a caret, done, not done, remedy.
 */
final class ErrorText {
  private static final int LINES_SHOWN = 12;
  private static final int WIDTH = 160;

  private final List<String> lines = new ArrayList<>();

  private ErrorText() {}

  static List<String> of(Problem problem) {
    ErrorText text = new ErrorText();
    text.head(problem);
    text.statement(problem);
    text.list("Done:", problem.done());
    text.list("Not done:", problem.notDone());
    if (!problem.remedy().isEmpty()) {
      text.indented("Fix: ", problem.remedy());
    }
    text.lines.add("   More: whimbrel explain " + problem.code());
    return text.lines;
  }

  private void head(Problem problem) {
    List<String> what = problem.problem().lines().toList();
    lines.add("❌ " + problem.code() + ": " + (what.isEmpty() ? "" : what.get(0)));
    what.stream().skip(1).forEach(line -> lines.add("   " + line));
    Place place = problem.place();
    if (place != null) {
      lines.add("   at " + place);
    }
  }

  /** The lines of the statement around the position, with a caret under it. */
  private void statement(Problem problem) {
    String sql = problem.statement();
    if (sql == null) {
      return;
    }
    lines.add("");
    String[] source = sql.stripTrailing().split("\r?\n", -1);
    int caretLine = -1;
    int caretColumn = 0;
    if (problem.position() > 0) {
      String before = sql.substring(0, Math.min(problem.position() - 1, sql.length()));
      caretLine = (int) before.chars().filter(c -> c == '\n').count();
      caretColumn = before.length() - (before.lastIndexOf('\n') + 1);
    }
    int from = Math.max(0, Math.min(caretLine - LINES_SHOWN / 2, source.length - LINES_SHOWN));
    int to = Math.min(source.length, from + LINES_SHOWN);
    if (from > 0) {
      lines.add("     ...");
    }
    for (int i = from; i < to; i++) {
      line(source[i], i == caretLine ? caretColumn : -1);
    }
    if (to < source.length) {
      lines.add("     ...");
    }
    lines.add("");
  }

  private void line(String source, int caret) {
    int start = Math.max(0, caret - WIDTH + 40);
    int end = Math.min(source.length(), start + WIDTH);
    String shown = start >= end ? "" : source.substring(start, end).replace('\t', ' ');
    lines.add("     " + shown);
    if (caret >= 0) {
      lines.add("     " + " ".repeat(caret - start) + "^");
    }
  }

  private void list(String title, List<String> items) {
    if (!items.isEmpty()) {
      lines.add("   " + title);
      items.forEach(item -> lines.add("     " + item));
    }
  }

  private void indented(String title, String text) {
    List<String> parts = text.lines().toList();
    lines.add("   " + title + (parts.isEmpty() ? "" : parts.get(0)));
    parts.stream().skip(1).forEach(part -> lines.add("   " + " ".repeat(title.length()) + part));
  }
}
