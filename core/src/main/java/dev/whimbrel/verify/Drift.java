package dev.whimbrel.verify;

import dev.whimbrel.dialect.Contents;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What changed in a schema since the last run left it, object by object. */
public final class Drift {
  /** Where {@code meta} keeps the schema's canonical text. */
  public static final String KEY = HistoryTables.SCHEMA;

  private Drift() {}

  /** The text to remember: the schema as it is now. */
  public static String remember(Connection connection, Contents contents, HistoryTables tables)
      throws SQLException {
    return CanonicalText.of(contents.schema(connection, tables.home()));
  }

  /**
   * One object that differs.
   *
   * @param fact null for something that cannot be expressed
   * @param line for people: {@code +} was added, {@code -} is gone, {@code ~} changed
   */
  public record Item(@Nullable FactId fact, String line) {}

  /** What differs now; empty also when no run has left anything to compare with. */
  public static List<Item> look(Connection connection, Contents contents, HistoryTables tables)
      throws SQLException {
    String left = tables.meta(connection, KEY);
    return left == null ? List.of() : items(left, remember(connection, contents, tables));
  }

  /** The differences of two canonical texts, a line each. */
  public static List<String> between(String before, String now) {
    return items(before, now).stream().map(Item::line).toList();
  }

  /** The differences of two canonical texts. */
  public static List<Item> items(String before, String now) {
    List<Item> found = new ArrayList<>();
    CanonicalText.compare(before, now)
        .forEach((id, difference) -> {
          if (!isLeftBehind(id, difference)) {
            found.add(
                new Item(
                    id.startsWith(CanonicalText.UNMODELLED) ? null : FactId.parse(id),
                    describe(id, difference.before(), difference.after())));
          }
        });
    return found;
  }

  /** Whether a newer server made an extension's version the older one, which nobody changed. */
  private static boolean isLeftBehind(String id, CanonicalText.Difference difference) {
    if (!id.startsWith(Kind.EXTENSION + " ")
        || difference.before() == null
        || difference.after() == null) {
      return false;
    }
    Set<String> come = lines(difference.after());
    come.removeAll(lines(difference.before()));
    return lines(difference.after()).containsAll(lines(difference.before()))
        && come.stream().allMatch(line -> line.startsWith("version: "));
  }

  /**
   * The text to remember when only some of what differs is to count as known from now on.
   *
   * @param remembered the text that was remembered
   * @param before the schema before what is known
   * @param after the schema after it: what differs from {@code before} is known
   */
  public static String advance(String remembered, String before, String after) {
    SortedMap<String, String> known = CanonicalText.parse(remembered);
    CanonicalText.compare(before, after)
        .forEach((id, difference) -> {
          String now = difference.after();
          if (now == null) {
            known.remove(id);
          } else {
            known.put(id, now);
          }
        });
    return text(known);
  }

  /** The text to remember when these facts count as known from now on. */
  public static String accept(String remembered, String now, Set<FactId> facts) {
    SortedMap<String, String> known = CanonicalText.parse(remembered);
    SortedMap<String, String> live = CanonicalText.parse(now);
    for (FactId fact : facts) {
      String id = fact.toString();
      String content = live.get(id);
      if (content == null) {
        known.remove(id);
      } else {
        known.put(id, content);
      }
    }
    return text(known);
  }

  private static String text(SortedMap<String, String> known) {
    StringBuilder text = new StringBuilder();
    known.forEach((id, content) -> {
      text.append(id).append('\n');
      content.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    });
    return text.toString();
  }

  private static String describe(String id, @Nullable String before, @Nullable String after) {
    if (before == null) {
      return "+ " + name(id);
    }
    if (after == null) {
      return "- " + name(id);
    }
    Set<String> gone = lines(before);
    Set<String> come = lines(after);
    gone.removeAll(lines(after));
    come.removeAll(lines(before));
    return "~ " + name(id) + ": " + values(gone) + " is now " + values(come);
  }

  private static String name(String id) {
    if (id.startsWith(CanonicalText.UNMODELLED)) {
      return id.substring(CanonicalText.UNMODELLED.length());
    }
    return name(FactId.parse(id));
  }

  /** What people call a fact. */
  public static String name(FactId fact) {
    String kind = fact.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    List<String> path = fact.path();
    return switch (fact.kind()) {
      case GRANT ->
          "grant of %s on %s to %s"
              .formatted(path.getLast(), fact.display(), path.get(path.size() - 2));
      case VERBATIM -> String.join(" ", path);
      default -> kind + " " + fact.display();
    };
  }

  private static String values(Set<String> lines) {
    return lines.isEmpty() ? "nothing" : String.join(", ", lines);
  }

  private static Set<String> lines(String content) {
    return new LinkedHashSet<>(content.lines().toList());
  }
}
