package dev.whimbrel.cli.page;

import dev.whimbrel.Result;
import dev.whimbrel.cli.report.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The revisions as a graph, newest on top: what the target has, and what is pending. */
final class GraphPicture {
  private static final int ROW = 30;
  private static final int LANE = 16;
  private static final int LEFT = 12;
  private static final int MOST = 300;
  private static final int EARLIER = 12;

  private final Report report;
  private final Set<String> pending = new HashSet<>();
  private final Set<String> applied = new HashSet<>();
  private final Set<String> current;

  GraphPicture(Report report) {
    this.report = report;
    report.revisions().forEach(each -> pending.add(each.revision()));
    Result.Status status = report.status();
    current = status == null ? Set.of() : Set.copyOf(status.current());
    Map<String, List<String>> parents = new HashMap<>();
    report
        .graph()
        .forEach(each -> {
          List<String> before = new ArrayList<>(each.revision().revises());
          before.addAll(each.revision().depends());
          parents.put(each.revision().revision(), before);
        });
    Deque<String> left = new ArrayDeque<>(current);
    while (!left.isEmpty()) {
      String id = left.pop();
      if (applied.add(id)) {
        left.addAll(parents.getOrDefault(id, List.of()));
      }
    }
  }

  /** What the page shows; empty where there are no revisions. */
  Map<String, Object> fields() {
    List<Result.Entry> all = report.graph();
    if (all.isEmpty()) {
      return Map.of();
    }
    List<Result.Entry> shown = all.subList(0, Math.min(all.size(), lowest(all)));
    List<Lanes.Node> nodes = new ArrayList<>();
    shown.forEach(
        each -> nodes.add(new Lanes.Node(each.revision().revision(), each.revision().revises())));
    Lanes lanes = Lanes.of(nodes);
    int rows = shown.size();
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Lanes.Edge edge : lanes.edges()) {
      boolean done = applied.contains(shown.get(edge.fromRow()).revision().revision());
      lines.add(Map.of("path", path(edge, rows), "kind", done ? "applied" : "open"));
    }
    List<Map<String, Object>> dots = new ArrayList<>();
    List<Map<String, Object>> items = new ArrayList<>();
    for (Lanes.Place place : lanes.places()) {
      Result.Entry entry = shown.get(place.row());
      String kind = kind(entry.revision().revision());
      dots.add(
          Map.of(
              "x", x(place.lane()),
              "y", y(place.row()),
              "kind", kind,
              "here", current.contains(place.id()),
              "merge", entry.mergePoint()));
      items.add(item(entry, kind));
    }
    int earlier = all.size() - rows;
    return Map.of(
        "lines",
        lines,
        "dots",
        dots,
        "rows",
        items,
        "width",
        LEFT * 2 + (lanes.width() - 1) * LANE,
        "height",
        rows * ROW + (earlier > 0 ? ROW : 0),
        "earlier",
        earlier > 0 ? Words.count(earlier, "earlier revision") : "",
        "summary",
        summary());
  }

  private String summary() {
    int known = report.graph().size();
    String summary = Words.count(known, "revision");
    if (report.status() == null) {
      return summary;
    }
    return "%s: %d applied, %d pending%s"
        .formatted(
            summary,
            report.graph().stream()
                .filter(each -> applied.contains(each.revision().revision()))
                .count(),
            pending.size(),
            current.isEmpty() ? "; the target is empty" : "");
  }

  /** One more than the last row worth showing. */
  private int lowest(List<Result.Entry> all) {
    int lowest = 0;
    for (int row = 0; row < all.size(); row++) {
      String id = all.get(row).revision().revision();
      if (pending.contains(id) || current.contains(id)) {
        lowest = row + 1;
      }
    }
    return all.size() <= MOST / 4 ? all.size() : Math.min(MOST, lowest + EARLIER);
  }

  private String kind(String id) {
    return pending.contains(id) ? "pending" : applied.contains(id) ? "applied" : "other";
  }

  private Map<String, Object> item(Result.Entry entry, String kind) {
    Result.Revision revision = entry.revision();
    List<String> marks = new ArrayList<>(revision.labels());
    if (entry.head()) {
      marks.add("head");
    }
    if (entry.mergePoint()) {
      marks.add("merge");
    }
    if (revision.phase().equals("contract")) {
      marks.add("contract");
    }
    return Map.of(
        "id", revision.revision(),
        "message", revision.message(),
        "kind", kind,
        "here", current.contains(revision.revision()),
        "pending", kind.equals("pending"),
        "marks", marks,
        "counts", counts(revision.revision()));
  }

  private String counts(String revision) {
    List<Result.Finding> found =
        report.findings(revision).stream().filter(each -> !each.allowed()).toList();
    long errors = found.stream().filter(each -> each.severity().equals("error")).count();
    long warnings = found.stream().filter(each -> each.severity().equals("warn")).count();
    List<String> counts = new ArrayList<>();
    if (errors > 0) {
      counts.add(Words.count(errors, "error"));
    }
    if (warnings > 0) {
      counts.add(Words.count(warnings, "warning"));
    }
    return String.join(", ", counts);
  }

  private static int x(int lane) {
    return LEFT + lane * LANE;
  }

  private static int y(int row) {
    return ROW / 2 + row * ROW;
  }

  /** Straight down its lane, with a bend at either end where it leaves another one. */
  private static String path(Lanes.Edge edge, int rows) {
    int top = y(edge.fromRow());
    int bottom = edge.toRow() >= rows ? rows * ROW : y(edge.toRow());
    int from = x(edge.fromLane());
    int via = x(edge.via());
    int to = x(edge.toLane());
    StringBuilder path = new StringBuilder("M%d %d".formatted(from, top));
    if (from != via && via == to && edge.toRow() == edge.fromRow() + 1) {
      return path.append(bend(from, top, to, bottom)).toString();
    }
    int down = top;
    if (from != via) {
      path.append(bend(from, top, via, top + ROW));
      down = top + ROW;
    }
    if (via != to && edge.toRow() < rows) {
      int start = Math.max(down, bottom - ROW);
      path.append("V%d".formatted(start)).append(bend(via, start, to, bottom));
    } else {
      path.append("V%d".formatted(bottom));
    }
    return path.toString();
  }

  private static String bend(int x, int y, int toX, int toY) {
    int middle = (y + toY) / 2;
    return "C%d %d %d %d %d %d".formatted(x, middle, toX, middle, toX, toY);
  }
}
