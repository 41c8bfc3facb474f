package dev.whimbrel.cli.page;

import dev.whimbrel.Outline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is before and after, line by line: what is there in both has one line.
 *
 * @param before null for a new one
 * @param after null for one that is dropped
 */
record Touched(Outline.@Nullable Entity before, Outline.@Nullable Entity after, List<Line> lines) {
  Touched {
    lines = List.copyOf(lines);
  }

  /**
   * A column or a rule.
   *
   * @param before its text before; null when it is new
   * @param after its text after; null when it is dropped
   * @param key whether it says what a row is or refers to
   */
  record Line(@Nullable Text before, @Nullable Text after, boolean key) {
    boolean changed() {
      return before == null || !before.equals(after);
    }
  }

  /** What a line says: a name and what it is. */
  record Text(String name, String type) {}

  /** All tables of two schemas, by their identity. */
  static Map<Long, Touched> all(Outline.Change schema) {
    Map<Long, Outline.Entity> after = byId(schema.after());
    Map<Long, Outline.Entity> before = byId(schema.before());
    Set<Long> ids = new LinkedHashSet<>(before.keySet());
    ids.addAll(after.keySet());
    Map<Long, Touched> all = new LinkedHashMap<>();
    for (long id : ids) {
      all.put(id, of(before.get(id), after.get(id)));
    }
    return all;
  }

  private static Map<Long, Outline.Entity> byId(Outline outline) {
    Map<Long, Outline.Entity> entities = new LinkedHashMap<>();
    outline.entities().forEach(each -> entities.put(each.id(), each));
    return entities;
  }

  private static Touched of(Outline.@Nullable Entity before, Outline.@Nullable Entity after) {
    Map<Integer, Outline.Column> old = columns(before);
    Map<Integer, Outline.Column> now = columns(after);
    Set<Integer> numbers = new LinkedHashSet<>(old.keySet());
    numbers.addAll(now.keySet());
    List<Line> lines = new ArrayList<>();
    for (int number : numbers) {
      Outline.Column left = old.get(number);
      Outline.Column right = now.get(number);
      lines.add(new Line(text(left), text(right), key(before, left) || key(after, right)));
    }
    Set<String> rules = new LinkedHashSet<>(before == null ? List.of() : before.rules());
    if (after != null) {
      rules.addAll(after.rules());
    }
    for (String rule : rules) {
      Text text = new Text(rule, "");
      lines.add(
          new Line(
              before != null && before.rules().contains(rule) ? text : null,
              after != null && after.rules().contains(rule) ? text : null,
              false));
    }
    return new Touched(before, after, lines);
  }

  private static Map<Integer, Outline.Column> columns(Outline.@Nullable Entity entity) {
    Map<Integer, Outline.Column> columns = new LinkedHashMap<>();
    if (entity != null) {
      entity.columns().forEach(each -> columns.put(each.id(), each));
    }
    return columns;
  }

  private static @Nullable Text text(Outline.@Nullable Column column) {
    if (column == null) {
      return null;
    }
    String content = column.content().isEmpty() ? "" : " = " + column.content();
    return new Text(column.name(), column.type() + (column.required() ? "" : "?") + content);
  }

  private static boolean key(Outline.@Nullable Entity entity, Outline.@Nullable Column column) {
    return entity != null
        && column != null
        && (column.key()
            || entity.references().stream()
                .anyMatch(each -> each.columns().contains(column.name())));
  }

  /** The table as it is now, or as it was. */
  Outline.Entity entity() {
    Outline.Entity entity = after == null ? before : after;
    if (entity == null) {
      throw new IllegalStateException();
    }
    return entity;
  }

  boolean changed() {
    return before == null
        || after == null
        || !before.name().equals(after.name())
        || !before.references().equals(after.references())
        || lines.stream().anyMatch(Line::changed);
  }

  /** How much of it changes; for choosing what to show. */
  long weight() {
    long lines = lines().stream().filter(Line::changed).count();
    return lines + (before == null || after == null ? 3 : 0);
  }

  /** What happens to it, in words such as {@code +2 −1}. */
  String summary() {
    if (before == null) {
      return "new";
    }
    if (after == null) {
      return "dropped";
    }
    Map<String, Integer> counts = new HashMap<>();
    for (Line line : lines) {
      if (line.changed()) {
        counts.merge(
            line.before() == null ? "+" : line.after() == null ? "−" : "~", 1, Integer::sum);
      }
    }
    List<String> parts = new ArrayList<>();
    for (String sign : List.of("+", "−", "~")) {
      if (counts.containsKey(sign)) {
        parts.add(sign + counts.get(sign));
      }
    }
    if (!before.name().equals(after.name())) {
      parts.add("was " + Words.brief(before.name()));
    }
    return parts.isEmpty() ? "keys" : String.join(" ", parts);
  }
}
