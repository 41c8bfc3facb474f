package dev.whimbrel.cli.page;

import dev.whimbrel.Outline;
import dev.whimbrel.Result;
import dev.whimbrel.cli.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which table is locked how, from which statement to which, and for how long. */
final class LockPicture {
  private static final int MOST_TABLES = 40;
  private static final int MOST_STATEMENTS = 150;
  private static final int ROW = 46;
  private static final int TOP = 44;
  private static final int NARROWEST = 34;
  private static final int WIDEST = 150;
  private static final int LEAST_WIDTH = 300;
  private static final int USUAL_WIDTH = 1056;

  private final List<Result.Statement> statements;
  private final int[] starts;
  private final Set<String> known = new HashSet<>();

  LockPicture(Report report) {
    List<Result.Statement> all = report.statements();
    statements =
        all.size() <= MOST_STATEMENTS
            ? all
            : all.stream().filter(LockPicture::blocks).limit(MOST_STATEMENTS).toList();
    for (Outline.Entity entity : report.schema().before().entities()) {
      known.add(entity.name());
    }
    double natural = statements.stream().mapToDouble(each -> width(each.estimatedMs())).sum();
    double stretch = Math.min(2.6, Math.max(1, USUAL_WIDTH / Math.max(1, natural)));
    starts = new int[statements.size() + 1];
    for (int i = 0; i < statements.size(); i++) {
      starts[i + 1] =
          starts[i] + (int) Math.round(width(statements.get(i).estimatedMs()) * stretch);
    }
  }

  private static boolean blocks(Result.Statement statement) {
    return statement.locks().stream().anyMatch(each -> !each.blocks().isEmpty());
  }

  /** Grows with the logarithm, so that both milliseconds and hours can be seen. */
  private static double width(long ms) {
    double decades = Math.log10((double) Math.max(10, ms)) - 1;
    return Math.min(WIDEST, NARROWEST + decades * 24);
  }

  /** A table is locked from one statement to the end of another. */
  private record Span(int from, int to, Result.Lock lock, long ms) {}

  /** What the page shows; empty where nothing is locked. */
  Map<String, Object> fields() {
    Map<String, List<Span>> spans = spans();
    List<Map.Entry<String, List<Span>>> rows =
        spans.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<String, List<Span>> row) -> -blocked(row.getValue()))
                    .thenComparing(Map.Entry::getKey))
            .toList();
    if (rows.isEmpty()) {
      return Map.of();
    }
    List<Map<String, Object>> tables = new ArrayList<>();
    List<Map.Entry<String, List<Span>>> shown =
        rows.subList(0, Math.min(MOST_TABLES, rows.size())).stream()
            .sorted(Comparator.comparingInt(row -> row.getValue().getFirst().from()))
            .toList();
    for (Map.Entry<String, List<Span>> row : shown) {
      tables.add(table(row.getKey(), row.getValue(), TOP + tables.size() * ROW));
    }
    int more = rows.size() - tables.size();
    return Map.of(
        "tables",
        tables,
        "columns",
        columns(tables.size()),
        "revisions",
        revisions(),
        "width",
        Math.max(LEAST_WIDTH, starts[starts.length - 1]) + 2,
        "height",
        TOP + tables.size() * ROW + 4,
        "more",
        more == 0 ? "" : Words.count(more, "more table") + " not shown");
  }

  private static long blocked(List<Span> spans) {
    return spans.stream().filter(each -> !each.lock().blocks().isEmpty()).mapToLong(Span::ms).sum();
  }

  /** Of tables that were there before and that somebody has to wait for. */
  private Map<String, List<Span>> spans() {
    Map<String, List<Span>> spans = new LinkedHashMap<>();
    Map<Integer, Integer> ends = new HashMap<>();
    for (int i = 0; i < statements.size(); i++) {
      int transaction = statements.get(i).transaction();
      if (transaction != 0) {
        ends.put(transaction, i);
      }
    }
    for (int i = 0; i < statements.size(); i++) {
      Result.Statement statement = statements.get(i);
      int last = ends.getOrDefault(statement.transaction(), i);
      for (Result.Lock lock : statement.locks()) {
        if (!lock.blocks().isEmpty() && known.contains(lock.relation())) {
          add(spans.computeIfAbsent(lock.relation(), key -> new ArrayList<>()), i, last, lock);
        }
      }
    }
    return spans;
  }

  /** A stronger lock ends the weaker one before it; a weaker one adds nothing. */
  private void add(List<Span> spans, int from, int last, Result.Lock lock) {
    if (!spans.isEmpty() && spans.getLast().to() >= from) {
      Span before = spans.getLast();
      if (before.lock().blocks().size() >= lock.blocks().size()) {
        return;
      }
      spans.removeLast();
      spans.add(new Span(before.from(), from - 1, before.lock(), ms(before.from(), from - 1)));
    }
    spans.add(new Span(from, last, lock, ms(from, last)));
  }

  private long ms(int from, int to) {
    return statements.subList(from, to + 1).stream().mapToLong(Result.Statement::estimatedMs).sum();
  }

  private Map<String, Object> table(String name, List<Span> spans, int y) {
    List<Map<String, Object>> bars = new ArrayList<>();
    for (Span span : spans) {
      int width = starts[span.to() + 1] - starts[span.from()] - 3;
      boolean reads = span.lock().blocks().contains("read");
      String time = Report.time(span.ms());
      String label = span.lock().mode() + " " + time;
      bars.add(
          Map.of(
              "x",
              starts[span.from()] + 1,
              "y",
              y + 20,
              "width",
              width,
              "kind",
              reads ? "all" : "writes",
              "label",
              Lettering.pixels(label) + 12 <= width
                  ? label
                  : Lettering.pixels(time) + 8 <= width ? time : "",
              "textX",
              starts[span.from()] + 7,
              "textY",
              y + 34,
              "title",
              "%s: %s from statement %d to the end of statement %d, about %s; %s wait"
                  .formatted(
                      name,
                      span.lock().mode(),
                      statements.get(span.from()).index(),
                      statements.get(span.to()).index(),
                      time,
                      reads ? "reads and writes" : "writes")));
    }
    return Map.of("name", name, "label", Words.brief(name), "y", y + 13, "bars", bars);
  }

  private List<Map<String, Object>> columns(int tables) {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      Result.Statement statement = statements.get(i);
      int width = starts[i + 1] - starts[i];
      columns.add(
          Map.of(
              "x",
              starts[i],
              "width",
              width,
              "textX",
              starts[i] + 4,
              "height",
              tables * ROW + 26,
              "odd",
              i % 2 == 1,
              "number",
              statement.index(),
              "time",
              width < 60 ? "" : Report.time(statement.estimatedMs()),
              "title",
              Report.start(statement.sql(), 200)));
    }
    return columns;
  }

  /** Where each revision begins. */
  private List<Map<String, Object>> revisions() {
    List<Map<String, Object>> revisions = new ArrayList<>();
    for (int i = 0; i < statements.size(); ) {
      int from = i;
      String id = statements.get(i).revision();
      while (i < statements.size() && statements.get(i).revision().equals(id)) {
        i++;
      }
      int width = starts[i] - starts[from];
      revisions.add(
          Map.of(
              "x",
              starts[from],
              "textX",
              starts[from] + 4,
              "label",
              Lettering.fitted(id, width - 6),
              "title",
              id));
    }
    return revisions;
  }
}
