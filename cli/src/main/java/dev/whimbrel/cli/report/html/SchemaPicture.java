package dev.whimbrel.cli.report.html;

import dev.whimbrel.Result;
import dev.whimbrel.cli.report.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables as boxes and foreign keys as lines, three times in the same places. */
final class SchemaPicture {
  private static final int MOST_TABLES = 40;
  private static final int MOST_ROWS = 14;
  private static final int BOX = 300;
  private static final int HEAD = 30;
  private static final int ROW = 20;
  private static final int PAD = 8;
  private static final int GAP = 26;
  private static final int AISLE = 84;
  private static final int LETTERS = 39;

  /** A moment of the schema. */
  enum View {
    DIFFERENCE,
    BEFORE,
    AFTER
  }

  /**
   * The whole drawing.
   *
   * @param hidden tables that are left out
   */
  public record Drawing(int width, int height, List<Pane> panes, List<String> hidden) {}

  /** One view of it; {@code id} is a word for anchors. */
  public record Pane(String id, String name, List<Box> boxes, List<Line> lines) {}

  /**
   * A table.
   *
   * @param sign {@code +}, {@code -}, {@code ~} or empty
   */
  public record Box(
      String relation, String title, String sign, int x, int y, int width, int height,
      List<Item> items, int more) {}

  /**
   * A row of a box.
   *
   * @param key {@code primary}, {@code foreign}, {@code detail} or empty
   * @param y of the text's base line, within the box
   * @param full all of it
   */
  public record Item(String sign, String key, String name, String type, int y, String full) {}

  /** A foreign key as the path of a line. */
  public record Line(String sign, String path, String full) {}

  private record Spot(int x, int y, int height) {}

  private final Result.Diagram diagram;
  private final List<Result.Entity> entities;
  private final Map<String, Spot> spots = new HashMap<>();
  private int width;
  private int height;

  private SchemaPicture(Result.Diagram diagram, List<Result.Entity> entities) {
    this.diagram = diagram;
    this.entities = entities;
  }

  static Drawing of(Result.Diagram diagram) {
    List<Result.Entity> wanted = new ArrayList<>(diagram.entities());
    wanted.sort(
        Comparator.comparing((Result.Entity each) -> !each.touched())
            .thenComparing(Result.Entity::relation));
    List<Result.Entity> shown = wanted.subList(0, Math.min(MOST_TABLES, wanted.size()));
    List<String> hidden =
        wanted.subList(shown.size(), wanted.size()).stream()
            .map(each -> sign(each.before(), each.after(), each.touched()) + " " + each.relation())
            .map(String::strip)
            .toList();
    return new SchemaPicture(diagram, List.copyOf(shown)).draw(hidden);
  }

  private Drawing draw(List<String> hidden) {
    new Layers(entities, diagram.links()).columns().forEach(this::column);
    List<Pane> panes = new ArrayList<>();
    for (View view : View.values()) {
      String name = view.name().charAt(0) + view.name().substring(1).toLowerCase(Locale.ROOT);
      List<Box> boxes =
          entities.stream().filter(each -> there(view, each)).map(each -> box(view, each)).toList();
      Map<String, Box> known = new HashMap<>();
      boxes.forEach(box -> known.put(box.relation(), box));
      List<Line> lines =
          diagram.links().stream()
              .filter(each -> known.containsKey(each.from()) && known.containsKey(each.to()))
              .filter(each -> there(view, each.before(), each.after()))
              .map(each -> line(view, each, known))
              .toList();
      panes.add(new Pane(name.toLowerCase(Locale.ROOT), name, boxes, lines));
    }
    return new Drawing(width, height, panes, hidden);
  }

  private void column(List<Result.Entity> column) {
    int x = width == 0 ? 2 : width + AISLE;
    int y = 2;
    for (Result.Entity each : column) {
      int tall = 0;
      for (View view : View.values()) {
        tall = Math.max(tall, tall(items(view, each)));
      }
      spots.put(each.relation(), new Spot(x, y, tall));
      y += tall + GAP;
    }
    width = x + BOX;
    height = Math.max(height, y - GAP + 2);
  }

  private static int tall(List<Item> items) {
    boolean more = items.size() > MOST_ROWS;
    return HEAD + PAD + ROW * (Math.min(items.size(), MOST_ROWS) + (more ? 1 : 0));
  }

  private Box box(View view, Result.Entity entity) {
    Spot spot = spots.getOrDefault(entity.relation(), new Spot(0, 0, 0));
    List<Item> items = items(view, entity);
    int shown = Math.min(items.size(), MOST_ROWS);
    String sign =
        view == View.DIFFERENCE ? sign(entity.before(), entity.after(), entity.touched()) : "";
    String name =
        entity.relation().startsWith("public.")
            ? entity.relation().substring("public.".length())
            : entity.relation();
    return new Box(
        entity.relation(),
        Figures.cut(name, LETTERS - 4),
        sign,
        spot.x(),
        spot.y(),
        BOX,
        tall(items),
        items.subList(0, shown),
        items.size() - shown);
  }

  /** The rows of a box; where they don't all fit, what changes and the keys come first. */
  private static List<Item> items(View view, Result.Entity entity) {
    List<Result.Attribute> rows = new ArrayList<>(entity.attributes());
    if (view == View.DIFFERENCE) {
      rows.addAll(entity.details());
    }
    rows.removeIf(each -> !there(view, each.before() != null, each.after() != null));
    if (rows.size() > MOST_ROWS) {
      rows.sort(
          Comparator.comparingInt(each ->
              changes(each) ? 0 : each.key().equals("primary") ? 1 : each.key().isEmpty() ? 3 : 2));
    }
    List<Item> items = new ArrayList<>();
    for (Result.Attribute each : rows) {
      items.add(
          item(view, each, entity.details().contains(each), HEAD + ROW * items.size() + 17));
    }
    return items;
  }

  private static boolean changes(Result.Attribute each) {
    return each.before() == null || !each.before().equals(each.after());
  }

  private static Item item(View view, Result.Attribute each, boolean detail, int y) {
    String before = each.before();
    String after = each.after();
    boolean changed = changes(each) || detail;
    String sign =
        view == View.DIFFERENCE ? sign(before != null, after != null, changed) : "";
    if (detail) {
      return new Item(sign, "detail", Figures.cut(each.name(), LETTERS), "", y, each.name());
    }
    String type = view == View.BEFORE || after == null ? text(before) : after;
    String full = each.name() + " " + type;
    if (sign.equals("~")) {
      full = each.name() + ": " + text(before) + " → " + text(after);
    }
    String name = Figures.cut(each.name(), 20);
    String fitting = Figures.cut(brief(type), LETTERS - 3 - name.length());
    return new Item(sign, each.key(), name, fitting, y, full);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** A type in the short words that everybody uses. */
  private static String brief(String type) {
    return type.replace("character varying", "varchar")
        .replace("timestamp with time zone", "timestamptz")
        .replace("timestamp without time zone", "timestamp")
        .replace("double precision", "float8");
  }

  private Line line(View view, Result.Link link, Map<String, Box> known) {
    Box from = known.get(link.from());
    Box to = known.get(link.to());
    if (from == null || to == null) {
      throw new IllegalStateException("a line between boxes that are not there");
    }
    int startY = from.y() + height(from, link.columns());
    int endY = to.y() + height(to, link.referenced());
    boolean leftwards = from.x() > to.x();
    boolean level = from.x() == to.x();
    int startX = leftwards ? from.x() : from.x() + from.width();
    int endX = leftwards || level ? to.x() + to.width() : to.x();
    int bend = Math.max(36, Math.abs(startX - endX) / 2);
    int outX = leftwards ? startX - bend : startX + bend;
    int inX = leftwards || level ? endX + bend : endX - bend;
    int tip = leftwards || level ? endX + 7 : endX - 7;
    String sign =
        view == View.DIFFERENCE
            ? sign(link.before(), link.after(), link.before() != link.after())
            : "";
    return new Line(
        sign,
        "M%d %d C%d %d %d %d %d %d L%d %d"
            .formatted(startX, startY, outX, startY, inX, endY, tip, endY, endX, endY),
        "%s (%s) → %s (%s)"
            .formatted(
                link.from(),
                String.join(", ", link.columns()),
                link.to(),
                String.join(", ", link.referenced())));
  }

  private static int height(Box box, List<String> columns) {
    for (Item item : box.items()) {
      if (columns.contains(item.full().split("[ :]", 2)[0])) {
        return item.y() - 4;
      }
    }
    return HEAD / 2;
  }

  private static boolean there(View view, Result.Entity entity) {
    return there(view, entity.before(), entity.after());
  }

  private static boolean there(View view, boolean before, boolean after) {
    return switch (view) {
      case DIFFERENCE -> before || after;
      case BEFORE -> before;
      case AFTER -> after;
    };
  }

  private static String sign(boolean before, boolean after, boolean changed) {
    return !before ? "+" : !after ? "-" : changed ? "~" : "";
  }

  /** The columns of the drawing: what is referred to stands left of what refers to it. */
  private static final class Layers {
    private static final int TALLEST = 1400;

    private final List<Result.Entity> entities;
    private final Map<String, Set<String>> targets = new HashMap<>();
    private final Map<String, Integer> depth = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    Layers(List<Result.Entity> entities, List<Result.Link> links) {
      this.entities = entities;
      Set<String> known = new HashSet<>();
      entities.forEach(each -> known.add(each.relation()));
      for (Result.Link link : links) {
        if (known.contains(link.from()) && known.contains(link.to())) {
          targets.computeIfAbsent(link.from(), key -> new HashSet<>()).add(link.to());
        }
      }
    }

    private int depth(String relation) {
      Integer known = depth.get(relation);
      if (known != null) {
        return known;
      }
      int found = 0;
      if (open.add(relation)) {
        for (String target : targets.getOrDefault(relation, Set.of())) {
          if (!open.contains(target)) {
            found = Math.max(found, depth(target) + 1);
          }
        }
        open.remove(relation);
      }
      depth.put(relation, found);
      return found;
    }

    List<List<Result.Entity>> columns() {
      List<List<Result.Entity>> layers = new ArrayList<>();
      for (Result.Entity each : entities) {
        int at = depth(each.relation());
        while (layers.size() <= at) {
          layers.add(new ArrayList<>());
        }
        layers.get(at).add(each);
      }
      for (int i = 1; i < layers.size(); i++) {
        nearTheirTargets(layers.get(i), layers.get(i - 1));
      }
      List<List<Result.Entity>> columns = new ArrayList<>();
      layers.forEach(layer -> fold(layer, columns));
      return columns;
    }

    private void nearTheirTargets(List<Result.Entity> layer, List<Result.Entity> left) {
      Map<String, Integer> place = new HashMap<>();
      left.forEach(each -> place.put(each.relation(), place.size()));
      layer.sort(
          Comparator.comparingDouble(each ->
              targets.getOrDefault(each.relation(), Set.of()).stream()
                  .filter(place::containsKey)
                  .mapToInt(name -> place.getOrDefault(name, 0))
                  .average()
                  .orElse(left.size())));
    }

    /** A layer that is too tall goes on in the next column. */
    private static void fold(List<Result.Entity> layer, List<List<Result.Entity>> columns) {
      List<Result.Entity> column = new ArrayList<>();
      int tall = 0;
      for (Result.Entity each : layer) {
        int more = tall(items(View.DIFFERENCE, each)) + GAP;
        if (!column.isEmpty() && tall + more > TALLEST) {
          columns.add(column);
          column = new ArrayList<>();
          tall = 0;
        }
        column.add(each);
        tall += more;
      }
      if (!column.isEmpty()) {
        columns.add(column);
      }
    }
  }
}
