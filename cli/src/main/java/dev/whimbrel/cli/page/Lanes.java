package dev.whimbrel.cli.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of a graph stand when each has a row of its own, children above their parents.
 *
 * @param places one for each node, in the same order
 * @param width how many lanes there are
 */
public record Lanes(List<Place> places, List<Edge> edges, int width) {
  public Lanes {
    places = List.copyOf(places);
    edges = List.copyOf(edges);
  }

  /** A node: its id and its parents' ids; parents that are no node are taken to be further down. */
  public record Node(String id, List<String> parents) {
    public Node {
      parents = List.copyOf(parents);
    }
  }

  /** A node's row and lane, 0-based. */
  public record Place(String id, int row, int lane) {}

  /**
   * A line from a child down to its parent.
   *
   * @param via the lane in which it runs between them
   * @param toRow the parent's row; the number of rows when the parent is further down
   * @param toLane the parent's lane
   */
  public record Edge(int fromRow, int fromLane, int via, int toRow, int toLane) {}

  /** Lays out nodes that are given children first. */
  public static Lanes of(List<Node> nodes) {
    Walk walk = new Walk(nodes.size());
    for (int row = 0; row < nodes.size(); row++) {
      walk.add(nodes.get(row), row);
    }
    return walk.end();
  }

  /** One line that has begun and not ended. */
  private record Open(String parent, int fromRow, int fromLane, int via) {}

  private static final class Walk {
    private final int rows;
    private final List<@Nullable String> awaited = new ArrayList<>();
    private final Map<String, List<Open>> open = new HashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    Walk(int rows) {
      this.rows = rows;
    }

    void add(Node node, int row) {
      int lane = laneFor(node.id());
      awaited.replaceAll(each -> Objects.equals(each, node.id()) ? null : each);
      places.add(new Place(node.id(), row, lane));
      List<Open> arriving = open.remove(node.id());
      if (arriving != null) {
        arriving.forEach(each -> edges.add(edge(each, row, lane)));
      }
      boolean first = true;
      for (String parent : node.parents()) {
        int via = awaited.indexOf(parent);
        if (first && (via < 0 || via > lane)) {
          via = lane;
          awaited.set(lane, parent);
        } else if (via < 0) {
          via = free();
          awaited.set(via, parent);
        }
        first = false;
        open.computeIfAbsent(parent, key -> new ArrayList<>())
            .add(new Open(parent, row, lane, via));
      }
    }

    private int laneFor(String id) {
      int lane = awaited.indexOf(id);
      return lane < 0 ? free() : lane;
    }

    private int free() {
      int lane = awaited.indexOf(null);
      if (lane < 0) {
        lane = awaited.size();
        awaited.add(null);
      }
      return lane;
    }

    private static Edge edge(Open line, int row, int lane) {
      return new Edge(line.fromRow(), line.fromLane(), line.via(), row, lane);
    }

    Lanes end() {
      open.values()
          .forEach(lines -> lines.forEach(line -> edges.add(edge(line, rows, line.via()))));
      return new Lanes(places, edges, Math.max(1, awaited.size()));
    }
  }
}
