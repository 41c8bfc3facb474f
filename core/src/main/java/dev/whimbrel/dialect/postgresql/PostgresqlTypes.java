package dev.whimbrel.dialect.postgresql;

import java.util.Map;
import java.util.regex.Pattern;

/** What is known of the engine's text of a type. */
final class PostgresqlTypes {
  private static final Pattern MODIFIER = Pattern.compile("\\([^)]*\\)");
  private static final Map<String, String> FAMILIES =
      Map.ofEntries(
          Map.entry("smallint", "number"),
          Map.entry("integer", "number"),
          Map.entry("bigint", "number"),
          Map.entry("numeric", "number"),
          Map.entry("real", "number"),
          Map.entry("double precision", "number"),
          Map.entry("text", "text"),
          Map.entry("character varying", "text"),
          Map.entry("character", "text"),
          Map.entry("name", "text"),
          Map.entry("public.citext", "text"),
          Map.entry("date", "date"),
          Map.entry("timestamp without time zone", "date"),
          Map.entry("timestamp with time zone", "date"),
          Map.entry("time without time zone", "time"),
          Map.entry("time with time zone", "time"),
          Map.entry("json", "json"),
          Map.entry("jsonb", "json"),
          Map.entry("bit", "bit"),
          Map.entry("bit varying", "bit"),
          Map.entry("inet", "network"),
          Map.entry("cidr", "network"));

  /** Types with operators across them. */
  private static final Map<String, String> COMPARED =
      Map.of(
          "smallint", "integer",
          "bigint", "integer",
          "character varying", "text",
          "date", "timestamp",
          "timestamp without time zone", "timestamp",
          "timestamp with time zone", "timestamp",
          "real", "double precision");

  private PostgresqlTypes() {}

  /** Whether values of one type become the other by an assignment, without a word. */
  static boolean assigns(String from, String to) {
    String left = family(from);
    String right = family(to);
    boolean arrays = from.endsWith("[]") == to.endsWith("[]");
    return (left.equals(right) && arrays) || (right.equals("text") && !to.endsWith("[]"));
  }

  /** Whether a foreign key may go from a column of one type to one of the other. */
  static boolean compares(String left, String right) {
    String one = COMPARED.getOrDefault(base(left), base(left));
    String other = COMPARED.getOrDefault(base(right), base(right));
    return one.equals(other) && left.endsWith("[]") == right.endsWith("[]");
  }

  /** Whether expressions over values of one type hold for the other, too. */
  static boolean isAlike(String left, String right) {
    return family(left).equals(family(right)) && left.endsWith("[]") == right.endsWith("[]");
  }

  /** Whether values are text, which any type can be read from. */
  static boolean isText(String type) {
    return family(type).equals("text") && !type.endsWith("[]");
  }

  /**
   * An expression that makes a value of one type one of another. Text is read; anything else is
   * written and then read, but for the types whose text says something else to the other.
   *
   * @param value an expression of the first type
   * @param name how the second type is written
   */
  static String conversion(String value, String from, String to, String name) {
    String pair = from.endsWith("]") || to.endsWith("]") ? "" : family(from) + " " + family(to);
    return switch (pair) {
      case "boolean number" -> value + "::integer";
      case "number boolean" -> value + " <> 0";
      case "bit number" -> value + "::bigint";
      case "number bit" -> value + "::bigint::" + name;
      case "money number" -> value + "::numeric";
      case "number money" -> value + "::numeric::money";
      default -> value + (isText(from) ? "::" : "::text::") + name;
    };
  }

  private static String family(String type) {
    return FAMILIES.getOrDefault(base(type), base(type));
  }

  /** The type without its modifiers and brackets. */
  private static String base(String type) {
    String bare = MODIFIER.matcher(type).replaceAll("");
    return (bare.endsWith("[]") ? bare.substring(0, bare.length() - 2) : bare).strip();
  }
}
