package dev.whimbrel.cli.page;

import dev.whimbrel.Outline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that change and those they refer to, before and after, each at the same place in both
 * pictures.
 */
final class EntityPicture {
  private static final int MOST = 24;
  private static final int MOST_NEIGHBOURS = 16;
  private static final int MOST_LINES = 16;
  private static final int LINE = 19;
  private static final int HEAD = 28;
  private static final int NARROWEST = 140;
  private static final int WIDEST = 236;
  private static final int MARGIN = 10;

  private final Map<Long, Touched> all;
  private final Map<Long, Boxed> boxes = new LinkedHashMap<>();
  private final List<Touched> changed;
  private final Layers.Placed placed;

  EntityPicture(Outline.Change schema) {
    all = Touched.all(schema);
    changed =
        all.values().stream()
            .filter(Touched::changed)
            .sorted(
                Comparator.comparingLong((Touched each) -> -each.weight())
                    .thenComparing(each -> each.entity().name()))
            .toList();
    changed.stream().limit(MOST).forEach(each -> boxes.put(each.entity().id(), box(each, true)));
    for (long id : neighbours()) {
      Touched neighbour = all.get(id);
      if (neighbour != null) {
        boxes.put(id, box(neighbour, false));
      }
    }
    List<Layers.Box> places = new ArrayList<>();
    List<Layers.Line> lines = new ArrayList<>();
    boxes.forEach((id, box) -> {
      places.add(new Layers.Box(id, box.touched().entity().name(), box.width(), box.height()));
      for (Outline.Reference reference : references(box.touched())) {
        lines.add(new Layers.Line(id, reference.target()));
      }
    });
    placed = Layers.of(places, lines);
  }

  /** Lines that are shown of a table, how many are not, and how large its box is. */
  private record Boxed(Touched touched, List<Touched.Line> lines, int hidden, int width) {
    int height() {
      return HEAD + (lines.size() + (hidden > 0 ? 1 : 0)) * LINE + 6;
    }
  }

  private static Set<Outline.Reference> references(Touched touched) {
    Set<Outline.Reference> references = new LinkedHashSet<>();
    if (touched.before() != null) {
      references.addAll(touched.before().references());
    }
    if (touched.after() != null) {
      references.addAll(touched.after().references());
    }
    return references;
  }

  /** Unchanged tables tied to what is shown; first those that it refers to. */
  private List<Long> neighbours() {
    Set<Long> found = new LinkedHashSet<>();
    for (Boxed box : List.copyOf(boxes.values())) {
      references(box.touched()).forEach(each -> found.add(each.target()));
    }
    for (Map.Entry<Long, Touched> each : all.entrySet()) {
      if (references(each.getValue()).stream().anyMatch(to -> boxes.containsKey(to.target()))) {
        found.add(each.getKey());
      }
    }
    found.removeAll(boxes.keySet());
    return found.stream().limit(MOST_NEIGHBOURS).toList();
  }

  private static Boxed box(Touched touched, boolean whole) {
    List<Touched.Line> lines = new ArrayList<>();
    int room = whole ? MOST_LINES : 4;
    for (Touched.Line line : touched.lines()) {
      boolean wanted = line.key() || line.changed();
      if (wanted && lines.size() < room * 2) {
        lines.add(line);
      }
    }
    if (whole) {
      for (Touched.Line line : touched.lines()) {
        if (lines.size() < room && !lines.contains(line)) {
          lines.add(line);
        }
      }
      List<Touched.Line> order = touched.lines();
      lines.sort(Comparator.comparingInt(order::indexOf));
    }
    int width = Lettering.pixels(Words.brief(touched.entity().name())) + 70;
    for (Touched.Line line : lines) {
      width = Math.max(width, Math.max(pixels(line.before()), pixels(line.after())) + 40);
    }
    return new Boxed(
        touched,
        lines,
        touched.lines().size() - lines.size(),
        Math.min(WIDEST, Math.max(NARROWEST, width)));
  }

  private static int pixels(Touched.@Nullable Text text) {
    return text == null ? 0 : Lettering.pixels(text.name() + "  " + brief(text.type()));
  }

  /** What the page shows; empty where no table changes. */
  Map<String, Object> fields() {
    if (changed.isEmpty()) {
      return Map.of();
    }
    List<Map<String, Object>> pictures = new ArrayList<>();
    if (boxes.values().stream().anyMatch(box -> box.touched().before() != null)) {
      pictures.add(picture("Before", true));
    }
    if (boxes.values().stream().anyMatch(box -> box.touched().after() != null)) {
      pictures.add(picture("After", false));
    }
    List<Map<String, Object>> rest = new ArrayList<>();
    changed.stream()
        .skip(MOST)
        .forEach(each -> rest.add(Map.of("name", each.entity().name(), "change", each.summary())));
    return Map.of(
        "pictures",
        pictures,
        "rest",
        rest,
        "many",
        !rest.isEmpty(),
        "restCount",
        Words.count(rest.size(), "more changed table"),
        "narrow",
        placed.width() < 500,
        "summary",
        "%s of %s change%s"
            .formatted(
                Words.number(changed.size()),
                Words.count(all.size(), "table"),
                changed.size() == 1 && all.size() > 1 ? "s" : ""));
  }

  private Map<String, Object> picture(String name, boolean before) {
    List<Map<String, Object>> tables = new ArrayList<>();
    List<Map<String, Object>> lines = new ArrayList<>();
    boxes.forEach((id, box) -> {
      Outline.Entity entity = before ? box.touched().before() : box.touched().after();
      Layers.Spot spot = placed.spots().get(id);
      if (entity != null && spot != null) {
        tables.add(table(box, entity, spot, before));
        lines.addAll(references(box, entity, spot, before));
      }
    });
    return Map.of(
        "name", name,
        "tables", tables,
        "lines", lines,
        "width", placed.width() + 2 * MARGIN + 16,
        "height", placed.height() + 2 * MARGIN);
  }

  private static Map<String, Object> table(
      Boxed box, Outline.Entity entity, Layers.Spot spot, boolean before) {
    int x = spot.x() + MARGIN;
    int y = spot.y() + MARGIN;
    Touched touched = box.touched();
    boolean alone = touched.before() == null || touched.after() == null;
    String kind = alone ? (before ? "gone" : "new") : touched.changed() ? "changed" : "same";
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < box.lines().size(); i++) {
      Touched.Line line = box.lines().get(i);
      Touched.Text text = before ? line.before() : line.after();
      if (text != null) {
        rows.add(row(line, text, x, y + HEAD + i * LINE, box.width(), before));
      }
    }
    return Map.ofEntries(
        Map.entry("x", x),
        Map.entry("y", y),
        Map.entry("width", box.width()),
        Map.entry("height", box.height()),
        Map.entry("kind", kind),
        Map.entry("name", Lettering.fitted(Words.brief(entity.name()), box.width() - 66)),
        Map.entry("title", entity.kind() + " " + entity.name()),
        Map.entry("change", touched.changed() ? change(touched, before) : ""),
        Map.entry("changeX", x + box.width() - 9),
        Map.entry("textX", x + 10),
        Map.entry("textY", y + 18),
        Map.entry("ruleY", y + HEAD - 2),
        Map.entry("rows", rows),
        Map.entry("hidden", box.hidden() > 0 ? Words.count(box.hidden(), "more line") : ""),
        Map.entry("hiddenY", y + HEAD + box.lines().size() * LINE + 14));
  }

  private static String change(Touched touched, boolean before) {
    String summary = touched.summary();
    return summary.equals("new") || summary.equals("dropped") || !before
        ? (summary.length() > 9 ? "changed" : summary)
        : "";
  }

  private static Map<String, Object> row(
      Touched.Line line, Touched.Text text, int x, int y, int width, boolean before) {
    String kind =
        !line.changed()
            ? "same"
            : before
                ? (line.after() == null ? "gone" : "old")
                : (line.before() == null ? "new" : "changed");
    String sign =
        switch (kind) {
          case "gone" -> "−";
          case "new" -> "+";
          case "old", "changed" -> "~";
          default -> "";
        };
    int room = width - 34;
    String name = Lettering.fitted(text.name(), room);
    String type =
        text.type().isEmpty()
            ? ""
            : Lettering.fitted(
                brief(text.type()), Math.max(20, room - Lettering.pixels(name) - 10));
    return Map.ofEntries(
        Map.entry("x", x + 1),
        Map.entry("y", y),
        Map.entry("width", width - 2),
        Map.entry("kind", kind),
        Map.entry("sign", sign),
        Map.entry("signX", x + 8),
        Map.entry("textX", x + 21),
        Map.entry("textY", y + 14),
        Map.entry("typeX", x + width - 9),
        Map.entry("name", name),
        Map.entry("type", Lettering.pixels(name) + 40 > room && type.length() < 4 ? "" : type),
        Map.entry("key", line.key()),
        Map.entry("title", (text.name() + " " + text.type()).strip()));
  }

  /** The shorter of two names of a type. */
  private static String brief(String type) {
    return type.replace("character varying", "varchar")
        .replace("timestamp without time zone", "timestamp")
        .replace("timestamp with time zone", "timestamptz")
        .replace("double precision", "float8");
  }

  private List<Map<String, Object>> references(
      Boxed box, Outline.Entity entity, Layers.Spot spot, boolean before) {
    List<Map<String, Object>> lines = new ArrayList<>();
    Outline.Entity other = before ? box.touched().after() : box.touched().before();
    for (Outline.Reference reference : entity.references()) {
      Boxed target = boxes.get(reference.target());
      Layers.Spot to = placed.spots().get(reference.target());
      if (target != null && to != null && target.touched() != null) {
        boolean kept = other != null && other.references().contains(reference);
        lines.add(
            Map.of(
                "path",
                path(box, reference, spot, target, to, before),
                "kind",
                kept ? "same" : before ? "gone" : "new",
                "title",
                entity.name() + ": " + reference.definition()));
      }
    }
    return lines;
  }

  /** From the line of the column that refers to the head of the table it refers to. */
  private static String path(
      Boxed box,
      Outline.Reference reference,
      Layers.Spot spot,
      Boxed target,
      Layers.Spot to,
      boolean before) {
    int fromY = MARGIN + spot.y() + HEAD / 2;
    for (int i = 0; i < box.lines().size(); i++) {
      Touched.Text text = before ? box.lines().get(i).before() : box.lines().get(i).after();
      if (text != null && reference.columns().contains(text.name())) {
        fromY = MARGIN + spot.y() + HEAD + i * LINE + LINE / 2;
        break;
      }
    }
    int toY = MARGIN + to.y() + HEAD / 2;
    int left = MARGIN + spot.x();
    int right = left + box.width();
    int targetLeft = MARGIN + to.x();
    int targetRight = targetLeft + target.width();
    if (targetRight < left) {
      int bend = Math.max(24, (left - targetRight) / 2);
      return curve(left, fromY, left - bend, targetRight + bend, targetRight, toY);
    }
    if (right < targetLeft) {
      int bend = Math.max(24, (targetLeft - right) / 2);
      return curve(right, fromY, right + bend, targetLeft - bend, targetLeft, toY);
    }
    int out = Math.max(right, targetRight) + 22;
    return curve(right, fromY, out, out, targetRight, toY);
  }

  private static String curve(int x, int y, int out, int in, int toX, int toY) {
    return "M%d %dC%d %d %d %d %d %d".formatted(x, y, out, y, in, toY, toX, toY);
  }
}
