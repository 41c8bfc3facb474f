package dev.whimbrel.verify;

import dev.whimbrel.dialect.Contents;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.FactId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  /** What differs now; empty also when no run has left anything to compare with. */
  public static List<String> look(Connection connection, Contents contents, HistoryTables tables)
      throws SQLException {
    String left = tables.meta(connection, KEY);
    return left == null ? List.of() : between(left, remember(connection, contents, tables));
  }

  /**
   * The differences of two canonical texts, a line each: {@code +} was added, {@code -} is gone,
   * {@code ~} changed.
   */
  public static List<String> between(String before, String now) {
    List<String> found = new ArrayList<>();
    CanonicalText.compare(before, now)
        .forEach(
            (id, difference) -> found.add(describe(id, difference.before(), difference.after())));
    return found;
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
    FactId fact = FactId.parse(id);
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
