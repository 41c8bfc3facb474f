package dev.whimbrel.cli.report.html;

import dev.whimbrel.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The revisions as a drawing of lanes, the newest on top. */
final class GraphPicture {
  static final int ROW = 36;
  private static final int LANE = 18;
  private static final int MOST = 40;

  private final List<Result.Node> rows;
  private final Map<String, Integer> number = new HashMap<>();
  private final List<@Nullable String> lanes = new ArrayList<>();
  private final List<Integer> columns = new ArrayList<>();
  private final Map<String, Integer> waiting = new HashMap<>();
  private int widest = 1;

  /**
   * The whole drawing.
   *
   * @param width of the lanes, in pixels
   * @param hidden how many earlier revisions are left out
   */
  public record Drawing(
      int width, int height, List<Row> rows, List<String> edges, int hidden) {}

  /**
   * A revision in it.
   *
   * @param state {@code applied}, {@code pending} or {@code other}
   * @param here whether the database stands on it
   * @param head whether nothing comes after it
   */
  public record Row(
      String revision, String message, String state, boolean here, boolean head, int x, int y) {}

  private GraphPicture(List<Result.Node> rows) {
    this.rows = rows;
    for (int i = 0; i < rows.size(); i++) {
      number.put(rows.get(i).revision(), i);
    }
  }

  static Drawing of(List<Result.Node> graph, List<String> current) {
    List<Result.Node> newest = new ArrayList<>(graph.reversed());
    int last = MOST;
    for (int i = 0; i < newest.size(); i++) {
      if (newest.get(i).pending() || current.contains(newest.get(i).revision())) {
        last = Math.max(last, i + 2);
      }
    }
    List<Result.Node> shown = newest.subList(0, Math.min(last, newest.size()));
    return new GraphPicture(List.copyOf(shown)).draw(current, newest.size() - shown.size());
  }

  private Drawing draw(List<String> current, int hidden) {
    Set<String> parents = new HashSet<>();
    rows.forEach(row -> parents.addAll(row.parents()));
    Map<String, Integer> lanesOfEdges = new HashMap<>();
    for (Result.Node row : rows) {
      columns.add(place(row.revision()));
      for (String parent : row.parents()) {
        lanesOfEdges.put(row.revision() + " " + parent, expect(parent));
      }
      widest = Math.max(widest, lanes.size());
    }
    List<Row> drawn = new ArrayList<>();
    List<String> edges = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Result.Node row = rows.get(i);
      drawn.add(
          new Row(
              row.revision(),
              row.message(),
              row.pending() ? "pending" : row.applied() ? "applied" : "other",
              current.contains(row.revision()),
              !parents.contains(row.revision()),
              x(columns.get(i)),
              y(i)));
      for (String parent : row.parents()) {
        edges.add(edge(i, parent, lanesOfEdges.getOrDefault(row.revision() + " " + parent, 0)));
      }
    }
    return new Drawing(
        widest * LANE + LANE, rows.size() * ROW, drawn, edges, hidden);
  }

  /** The lane of a revision: the one that waits for it, or a free one. */
  private int place(String revision) {
    Integer lane = waiting.remove(revision);
    if (lane == null) {
      return free(null);
    }
    lanes.set(lane, null);
    return lane;
  }

  private int expect(String parent) {
    Integer lane = waiting.get(parent);
    if (lane == null) {
      lane = free(parent);
      waiting.put(parent, lane);
    }
    return lane;
  }

  private int free(@Nullable String revision) {
    int lane = lanes.indexOf(null);
    if (lane < 0) {
      lane = lanes.size();
      lanes.add(revision);
    } else {
      lanes.set(lane, revision);
    }
    return lane;
  }

  private String edge(int from, String parent, int lane) {
    Integer to = number.get(parent);
    int startX = x(columns.get(from));
    int startY = y(from);
    int laneX = x(lane);
    StringBuilder path = new StringBuilder("M%d %d".formatted(startX, startY));
    int bend = startY + ROW;
    path.append(curve(startX, startY, laneX, bend));
    if (to == null) {
      return path.append(" V").append(rows.size() * ROW).toString();
    }
    int endX = x(columns.get(to));
    int endY = y(to);
    if (to > from + 1) {
      path.append(" V").append(endX == laneX ? endY : endY - ROW);
    }
    if (endX != laneX) {
      path.append(curve(laneX, Math.max(bend, endY - ROW), endX, endY));
    }
    return path.toString();
  }

  private static String curve(int fromX, int fromY, int toX, int toY) {
    return fromX == toX
        ? " V" + toY
        : String.format(
            Locale.ROOT, " C%d %d %d %d %d %d", fromX, fromY + ROW / 2, toX, toY - ROW / 2, toX, toY);
  }

  private static int x(int lane) {
    return LANE + lane * LANE;
  }

  private static int y(int row) {
    return ROW / 2 + row * ROW;
  }
}
