package dev.whimbrel.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells names that somebody chose from names that a tool made up, so that things whose names were
 * invented can be matched by what they are.
 */
public final class InventedName {
  private static final int LIMIT = 63;
  private static final Pattern HASHED = Pattern.compile("(?i)(fk|uk|idx|pk)_?[0-9a-z]{20,32}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]*");

  private InventedName() {}

  /**
   * Whether PostgreSQL would have chosen the name of a constraint or index, or Hibernate a hashed
   * one; false for other kinds of facts.
   */
  public static boolean is(Fact fact) {
    String name = fact.id().name();
    return switch (fact.content()) {
      case ConstraintContent.PrimaryKey key -> isChosen(fact, List.of(), "pkey");
      case ConstraintContent.Unique key ->
          isChosen(fact, all(key.columns(), key.include()), "key") || isHashed(name);
      case ConstraintContent.ForeignKey key ->
          isChosen(fact, key.columns(), "fkey") || isHashed(name);
      case ConstraintContent.Check check -> startsAndEnds(fact, "_check");
      case ConstraintContent.Exclusion exclusion -> startsAndEnds(fact, "_excl");
      case TypeContent.DomainCheck check -> isChosen(fact, List.of(), "check");
      case TableContent.Index index -> isIndex(fact, index) || isHashed(name);
      default -> false;
    };
  }

  /** The name of the sequence that a serial or identity column gets first. */
  public static String sequence(String table, String column) {
    return make(table, column, "seq");
  }

  /** The name of the not-null constraint that a column gets first. */
  public static String notNull(String table, String column) {
    return make(table, column, "not_null");
  }

  /** Whether a name is {@code invented}, or that with a number because it was taken. */
  public static boolean isNumbered(String name, String invented) {
    if (name.startsWith(invented)) {
      return NUMBER.matcher(name.substring(invented.length())).matches();
    }
    return name.length() >= LIMIT - 8
        && invented.length() >= LIMIT - 8
        && Character.isDigit(name.charAt(name.length() - 1))
        && isCut(name, invented);
  }

  /** A number makes a long name lose letters of its table or columns. */
  private static boolean isCut(String name, String invented) {
    String label = invented.substring(invented.lastIndexOf('_'));
    String stem = name.replaceAll("[0-9]*$", "");
    return stem.endsWith(label) && name.regionMatches(0, invented, 0, 20);
  }

  private static boolean isHashed(String name) {
    return HASHED.matcher(name).matches() && name.chars().anyMatch(Character::isDigit);
  }

  private static boolean isChosen(Fact fact, List<String> columns, String label) {
    return isNumbered(fact.id().name(), make(relation(fact), joined(columns), label));
  }

  /** An expression gives the name a word that cannot be told from its text. */
  private static boolean isIndex(Fact fact, TableContent.Index index) {
    List<String> keys = new ArrayList<>();
    for (TableContent.Key key : index.keys()) {
      String column = key.column();
      if (column == null) {
        return startsAndEnds(fact, "_idx");
      }
      keys.add(column);
    }
    return isChosen(fact, all(keys, index.include()), "idx");
  }

  private static List<String> all(List<String> keys, List<String> include) {
    List<String> names = new ArrayList<>(keys);
    names.addAll(include);
    return names;
  }

  /** Whether the table and a label enclose what need not be known. */
  private static boolean startsAndEnds(Fact fact, String label) {
    String name = fact.id().name().replaceAll("[0-9]*$", "");
    String table = relation(fact);
    return name.endsWith(label)
        && (name.startsWith(table + "_")
            || (name.length() >= LIMIT - 8 && name.regionMatches(0, table, 0, 20)));
  }

  private static String relation(Fact fact) {
    return fact.id().segment(1);
  }

  private static String joined(List<String> columns) {
    StringBuilder all = new StringBuilder();
    for (String column : columns) {
      all.append(all.isEmpty() ? "" : "_").append(column);
      if (all.length() >= LIMIT) {
        break;
      }
    }
    return all.toString();
  }

  /** The server's rule: both names are shortened, the longer one first, until all fits. */
  private static String make(String first, String second, String label) {
    int room = LIMIT - label.length() - 1 - (second.isEmpty() ? 0 : 1);
    int left = bytes(first);
    int right = bytes(second);
    while (left + right > room) {
      if (left > right) {
        left--;
      } else {
        right--;
      }
    }
    String tail = second.isEmpty() ? "" : "_" + clip(second, right);
    return clip(first, left) + tail + "_" + label;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The longest beginning of at most that many bytes that ends with a whole character. */
  private static String clip(String text, int limit) {
    int used = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      int size = bytes(Character.toString(point));
      if (used + size > limit) {
        break;
      }
      used += size;
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }
}
