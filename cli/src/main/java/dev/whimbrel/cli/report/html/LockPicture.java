package dev.whimbrel.cli.report.html;

import dev.whimbrel.Result;
import dev.whimbrel.cli.report.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which table is locked how, from statement to statement. */
final class LockPicture {
  private static final int MOST = 80;
  private static final int NARROWEST = 30;
  private static final int WIDEST = 190;
  private static final List<String> STRENGTH =
      List.of(
          "AccessShare",
          "RowShare",
          "RowExclusive",
          "ShareUpdateExclusive",
          "Share",
          "ShareRowExclusive",
          "Exclusive",
          "AccessExclusive");

  private LockPicture() {}

  /**
   * The whole drawing.
   *
   * @param hidden how many statements without a lock on a known table, or beyond what can be drawn,
   *     are left out
   */
  public record Drawing(
      int width, List<Column> columns, List<Row> rows, List<Span> revisions, int hidden) {}

  /** A statement; {@code last} where its transaction ends. */
  public record Column(
      int index, String sql, int x, int width, String blocks, boolean last) {}

  /** The statements of a revision. */
  public record Span(String revision, int x, int width) {}

  /** A table. */
  public record Row(String relation, List<Bar> bars) {}

  /**
   * A lock that is held.
   *
   * @param blocks {@code all}, {@code write} or {@code none}
   */
  public record Bar(int x, int width, String mode, String blocks, String label) {}

  static Drawing of(List<Result.Statement> statements) {
    List<Result.Statement> shown =
        statements.stream().filter(each -> !each.locks().isEmpty()).limit(MOST).toList();
    List<Column> columns = columns(shown);
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      String revision = shown.get(i).revision();
      Column column = columns.get(i);
      if (!spans.isEmpty() && spans.getLast().revision().equals(revision)) {
        Span span = spans.removeLast();
        spans.add(new Span(revision, span.x(), column.x() + column.width() - span.x()));
      } else {
        spans.add(new Span(revision, column.x(), column.width()));
      }
    }
    int width = columns.isEmpty() ? 0 : columns.getLast().x() + columns.getLast().width();
    return new Drawing(
        width, columns, rows(shown, columns), spans, statements.size() - shown.size());
  }

  private static List<Column> columns(List<Result.Statement> shown) {
    List<Column> columns = new ArrayList<>();
    int x = 0;
    for (int i = 0; i < shown.size(); i++) {
      Result.Statement each = shown.get(i);
      long ms = each.estimatedBlockMs();
      int width =
          (int) Math.min(WIDEST, NARROWEST + Math.round(16 * Math.log1p(ms / 5.0)));
      boolean last =
          !each.transactional()
              || i + 1 == shown.size()
              || !shown.get(i + 1).transactional()
              || !shown.get(i + 1).revision().equals(each.revision());
      columns.add(new Column(each.index(), each.sql(), x, width, Figures.time(ms), last));
      x += width + (last ? 6 : 0);
    }
    return columns;
  }

  private static List<Row> rows(List<Result.Statement> shown, List<Column> columns) {
    Map<String, Result.@Nullable Lock[]> held = new LinkedHashMap<>();
    for (int i = 0; i < shown.size(); i++) {
      for (Result.Lock lock : shown.get(i).locks()) {
        Result.@Nullable Lock[] row =
            held.computeIfAbsent(lock.relation(), key -> new Result.Lock[columns.size()]);
        for (int j = i; j < columns.size(); j++) {
          row[j] = stronger(row[j], lock);
          if (columns.get(j).last()) {
            break;
          }
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    held.forEach((relation, locks) -> rows.add(new Row(relation, bars(locks, columns))));
    rows.sort((a, b) -> Integer.compare(weight(b), weight(a)));
    return rows;
  }

  private static Result.Lock stronger(Result.@Nullable Lock old, Result.Lock lock) {
    return old == null || STRENGTH.indexOf(lock.mode()) > STRENGTH.indexOf(old.mode()) ? lock : old;
  }

  private static int weight(Row row) {
    return row.bars().stream()
        .mapToInt(bar -> bar.blocks().equals("all") ? 2 : bar.blocks().equals("write") ? 1 : 0)
        .max()
        .orElse(0);
  }

  private static List<Bar> bars(Result.@Nullable Lock[] locks, List<Column> columns) {
    List<Bar> bars = new ArrayList<>();
    int start = 0;
    while (start < locks.length) {
      Result.Lock lock = locks[start];
      int end = start;
      while (end + 1 < locks.length
          && !columns.get(end).last()
          && lock != null
          && lock.equals(locks[end + 1])) {
        end++;
      }
      if (lock != null) {
        int x = columns.get(start).x();
        int width = columns.get(end).x() + columns.get(end).width() - x;
        bars.add(new Bar(x, width, lock.mode(), blocks(lock), label(lock.mode(), width)));
      }
      start = end + 1;
    }
    return bars;
  }

  private static String blocks(Result.Lock lock) {
    return lock.blocks().contains("read")
        ? "all"
        : lock.blocks().contains("write") ? "write" : "none";
  }

  /** The mode, or its capitals where that does not fit. */
  private static String label(String mode, int width) {
    if (mode.length() * 7 + 10 <= width) {
      return mode;
    }
    return mode.replaceAll("[a-z]", "");
  }
}
