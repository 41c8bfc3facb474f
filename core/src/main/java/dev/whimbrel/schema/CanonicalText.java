package dev.whimbrel.schema;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A schema as text that depends on nothing but its facts: a line with the identity of each, then a
 * line for each component of its content that says something, indented.
 *
 * <pre>
 * COLUMN public.users.email
 *   type: character varying(255)
 * </pre>
 */
public final class CanonicalText {
  /** How the line of something that cannot be expressed begins. */
  public static final String UNMODELLED = "UNMODELLED ";

  private final Map<Class<?>, RecordComponent[]> components = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  private CanonicalText() {}

  /** The text of a schema, ending with a line end unless it is empty. */
  public static String of(Schema schema) {
    CanonicalText writer = new CanonicalText();
    for (Fact fact : schema.facts()) {
      writer.text.append(fact.id()).append('\n');
      writer.lines((Record) fact.content());
    }
    for (Unmodelled unknown : schema.unmodelled()) {
      writer.text.append(UNMODELLED).append(line(unknown.kind() + ": " + unknown.name()));
      writer.text.append('\n');
    }
    return writer.text.toString();
  }

  /**
   * Reads a text back as far as comparing needs: the content's lines by identity.
   *
   * @throws IllegalArgumentException if it begins with an indented line
   */
  public static SortedMap<String, String> parse(String text) {
    SortedMap<String, String> found = new TreeMap<>();
    String id = "";
    for (String line : text.lines().toList()) {
      if (!line.startsWith("  ")) {
        id = line;
        found.put(id, "");
      } else if (id.isEmpty()) {
        throw new IllegalArgumentException("a content without its identity: " + line);
      } else {
        found.merge(id, line.substring(2) + "\n", String::concat);
      }
    }
    return found;
  }

  /** What differs between two texts, by identity in natural order; empty when they are equal. */
  public static SortedMap<String, Difference> compare(String before, String after) {
    Map<String, String> left = parse(before);
    Map<String, String> right = parse(after);
    SortedMap<String, Difference> found = new TreeMap<>();
    left.forEach((id, content) -> {
      @Nullable String other = right.get(id);
      if (!content.equals(other)) {
        found.put(id, new Difference(content, other));
      }
    });
    right.forEach((id, content) -> {
      if (!left.containsKey(id)) {
        found.put(id, new Difference(null, content));
      }
    });
    return found;
  }

  /**
   * Two contents of one identity.
   *
   * @param before null if it was not there
   * @param after null if it is gone
   */
  public record Difference(@Nullable String before, @Nullable String after) {}

  private void lines(Record content) {
    components(content)
        .forEach((name, value) ->
            text.append("  ").append(name).append(": ").append(line(value)).append('\n'));
  }

  /** The components that say something: neither null, nor false, nor empty. */
  private Map<String, String> components(Record content) {
    Map<String, String> found = new LinkedHashMap<>();
    for (RecordComponent component :
        components.computeIfAbsent(content.getClass(), Class::getRecordComponents)) {
      @Nullable Object value = read(component, content);
      if (value != null && !isSilent(value)) {
        found.put(component.getName(), format(value));
      }
    }
    return found;
  }

  private static boolean isSilent(Object value) {
    return value.equals(false)
        || (value instanceof Collection<?> items && items.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private String format(Object value) {
    return switch (value) {
      case Collection<?> items -> join(items.stream().map(this::format).toList());
      case Map<?, ?> map -> {
        List<String> entries = new ArrayList<>();
        map.forEach((key, entry) -> entries.add(key + "=" + entry));
        yield join(entries);
      }
      case FactId id -> id.toString();
      case Record nested -> components(nested).toString();
      default -> value.toString();
    };
  }

  private static String join(List<String> items) {
    return "[" + String.join(", ", items) + "]";
  }

  private static @Nullable Object read(RecordComponent component, Record content) {
    try {
      return component.getAccessor().invoke(content);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(content.getClass() + " hides " + component.getName(), e);
    }
  }

  private static String line(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
