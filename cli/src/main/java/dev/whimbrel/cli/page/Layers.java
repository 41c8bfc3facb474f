package dev.whimbrel.cli.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A layered layout: what others refer to stands further to the left, and lines are short. Boxes
 * that nothing is tied to stand in rows below.
 */
final class Layers {
  private static final int ACROSS = 56;
  private static final int DOWN = 22;
  private static final int TALLEST = 9;
  private static final int SWEEPS = 6;

  private final Map<Long, Box> boxes = new HashMap<>();
  private final Map<Long, Set<Long>> targets = new HashMap<>();
  private final Map<Long, Set<Long>> neighbours = new HashMap<>();

  private Layers(List<Box> all, List<Line> lines) {
    all.forEach(box -> {
      boxes.put(box.id(), box);
      targets.put(box.id(), new HashSet<>());
      neighbours.put(box.id(), new HashSet<>());
    });
    for (Line line : lines) {
      if (line.from() != line.to()
          && boxes.containsKey(line.from())
          && boxes.containsKey(line.to())) {
        targets.getOrDefault(line.from(), Set.of()).add(line.to());
        neighbours.getOrDefault(line.from(), Set.of()).add(line.to());
        neighbours.getOrDefault(line.to(), Set.of()).add(line.from());
      }
    }
  }

  /** Something to place; ties are broken by its name. */
  record Box(long id, String name, int width, int height) {}

  /** A reference from one box to another. */
  record Line(long from, long to) {}

  /** The upper left corner of a box. */
  record Spot(int x, int y) {}

  /** Where all boxes stand, and how large the whole is. */
  record Placed(Map<Long, Spot> spots, int width, int height) {
    Placed {
      spots = Map.copyOf(spots);
    }
  }

  static Placed of(List<Box> boxes, List<Line> lines) {
    return new Layers(boxes, lines).place();
  }

  private Placed place() {
    List<Box> sorted = boxes.values().stream().sorted(Comparator.comparing(Box::name)).toList();
    List<List<Box>> layers = new ArrayList<>();
    Map<Long, Integer> depth = new HashMap<>();
    for (Box box : sorted) {
      if (!tied(box).isEmpty()) {
        int layer = depth(box.id(), depth, new HashSet<>());
        while (layers.size() <= layer) {
          layers.add(new ArrayList<>());
        }
        layers.get(layer).add(box);
      }
    }
    List<List<Box>> columns = columns(layers);
    order(columns);
    Map<Long, Spot> spots = new HashMap<>();
    int width = 0;
    int height = 0;
    int tallest = columns.stream().mapToInt(Layers::height).max().orElse(0);
    for (List<Box> column : columns) {
      int y = (tallest - height(column)) / 2;
      int widest = 0;
      for (Box box : column) {
        spots.put(box.id(), new Spot(width, y));
        y += box.height() + DOWN;
        widest = Math.max(widest, box.width());
      }
      width += widest + ACROSS;
      height = tallest;
    }
    width = Math.max(0, width - ACROSS);
    return alone(sorted.stream().filter(box -> tied(box).isEmpty()).toList(), spots, width, height);
  }

  private Set<Long> tied(Box box) {
    return neighbours.getOrDefault(box.id(), Set.of());
  }

  /** One more than what it refers to; a circle is cut where it is entered. */
  private int depth(long id, Map<Long, Integer> known, Set<Long> entered) {
    Integer found = known.get(id);
    if (found != null) {
      return found;
    }
    entered.add(id);
    int depth = 0;
    for (long target : targets.getOrDefault(id, Set.of()).stream().sorted().toList()) {
      if (!entered.contains(target)) {
        depth = Math.max(depth, depth(target, known, entered) + 1);
      }
    }
    entered.remove(id);
    known.put(id, depth);
    return depth;
  }

  /** Layers that are too tall go into several columns. */
  private static List<List<Box>> columns(List<List<Box>> layers) {
    List<List<Box>> columns = new ArrayList<>();
    for (List<Box> layer : layers) {
      int parts = (layer.size() + TALLEST - 1) / TALLEST;
      int each = parts == 0 ? 1 : (layer.size() + parts - 1) / parts;
      for (int from = 0; from < layer.size(); from += each) {
        columns.add(new ArrayList<>(layer.subList(from, Math.min(layer.size(), from + each))));
      }
    }
    return columns;
  }

  /** Puts boxes beside those they are tied to. */
  private void order(List<List<Box>> columns) {
    Map<Long, Double> ranks = new HashMap<>();
    columns.forEach(column -> rank(column, ranks));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<Box> column : sweep % 2 == 0 ? columns : columns.reversed()) {
        Map<Long, Double> wanted = new HashMap<>();
        for (Box box : column) {
          double own = ranks.getOrDefault(box.id(), 0.0);
          wanted.put(
              box.id(),
              tied(box).stream()
                  .mapToDouble(other -> ranks.getOrDefault(other, own))
                  .average()
                  .orElse(own));
        }
        column.sort(
            Comparator.comparingDouble((Box box) -> wanted.getOrDefault(box.id(), 0.0))
                .thenComparing(Box::name));
        rank(column, ranks);
      }
    }
  }

  private static void rank(List<Box> column, Map<Long, Double> ranks) {
    for (int i = 0; i < column.size(); i++) {
      ranks.put(column.get(i).id(), (i + 0.5) / column.size());
    }
  }

  private static int height(List<Box> column) {
    return column.stream().mapToInt(Box::height).sum() + DOWN * (column.size() - 1);
  }

  /** Rows of boxes below the rest, as wide as it, or so that they make about a square. */
  private static Placed alone(List<Box> alone, Map<Long, Spot> spots, int width, int height) {
    long area = 0;
    for (Box box : alone) {
      area += (long) (box.width() + DOWN) * (box.height() + DOWN);
    }
    int limit = Math.max(width, Math.min(1040, Math.max(480, (int) Math.sqrt(area * 1.8))));
    int x = 0;
    int y = height == 0 ? 0 : height + DOWN;
    int row = 0;
    int widest = width;
    int lowest = height;
    for (Box box : alone) {
      if (x > 0 && x + box.width() > limit) {
        x = 0;
        y += row + DOWN;
        row = 0;
      }
      spots.put(box.id(), new Spot(x, y));
      widest = Math.max(widest, x + box.width());
      lowest = Math.max(lowest, y + box.height());
      row = Math.max(row, box.height());
      x += box.width() + DOWN;
    }
    return new Placed(spots, widest, lowest);
  }
}
