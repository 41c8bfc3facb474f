package dev.whimbrel.dialect.postgresql;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the server's text of an expression to the form that it keeps when it is read and written
 * again.
 *
 * <p>There is one known case in which it does not do so by itself: {@code varcharColumn IN ('a',
 * 'b')} is first written as {@code (ARRAY['a'::character varying, …])::text[]}; read back, the cast
 * moves to the elements, where it stays. Without this a dump and its reload would differ.
 */
final class PostgresqlSpelling {
  private static final String ARRAY = "(ARRAY[";
  private static final String CAST = "])::";

  private static final String NAME = "(?:[a-z_][\\w$]*|\"(?:[^\"]|\"\")+\")";

  /** A literal of a type with its alias, a literal, or a qualified table with its alias. */
  private static final Pattern ALIAS =
      Pattern.compile(
          "(?:'(?:[^']|'')*'|\\bNULL|(?<!\\w)\\(-?[0-9.]+\\))::(?<type>"
              + NAME
              + "(?: varying| precision|(?: with| without) time zone|\\."
              + NAME
              + ")?(?:\\([0-9,]+\\))?(?:(?: with| without) time zone)?(?:\\[])?)"
              + " AS \"?(?<alias>\\w+)\"?(?=[\\s,;)]|$)"
              + "|'(?:[^']|'')*'"
              + "|(?<![\\w\"$.])"
              + NAME
              + "\\.(?<table>"
              + NAME
              + ")(?<own> \\k<table>(?=[\\s,;)]|$))");

  private static final Map<String, String> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("integer", "int4"),
          Map.entry("bigint", "int8"),
          Map.entry("smallint", "int2"),
          Map.entry("boolean", "bool"),
          Map.entry("real", "float4"),
          Map.entry("double precision", "float8"),
          Map.entry("character varying", "varchar"),
          Map.entry("character", "bpchar"),
          Map.entry("bit varying", "varbit"),
          Map.entry("timestamp with time zone", "timestamptz"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("time with time zone", "timetz"),
          Map.entry("time without time zone", "time"));

  private PostgresqlSpelling() {}

  /** The settled form; null for null. */
  static @Nullable String settledOrNull(@Nullable String expression) {
    return expression == null ? null : settled(expression);
  }

  /**
   * The settled form of a query, without two kinds of aliases that say nothing: the server keeps
   * {@code FROM t t} apart from {@code FROM t}, and in the second part of a union it writes {@code
   * 'a'::text}, which becomes {@code 'a'::text AS text} once it is read back.
   */
  static String settledQuery(String query) {
    String settled = settled(query);
    Matcher matcher = ALIAS.matcher(settled);
    StringBuilder text = new StringBuilder();
    int done = 0;
    while (matcher.find()) {
      boolean ownName = matcher.group("own") != null;
      boolean typeName =
          matcher.group("alias") != null
              && matcher.group("alias").equals(shortName(matcher.group("type")));
      if (ownName || typeName) {
        text.append(settled, done, ownName ? matcher.end("table") : matcher.end("type"));
        done = matcher.end();
      }
    }
    return done == 0 ? settled : text.append(settled, done, settled.length()).toString();
  }

  /** The name that the server gives to a column that is a literal of a type. */
  private static String shortName(String type) {
    String bare = type.replaceAll("\\([^)]*\\)|\\[]|\"", "").strip();
    return SHORT_NAMES.getOrDefault(bare, bare.substring(bare.lastIndexOf('.') + 1));
  }

  /** The settled form. */
  static String settled(String expression) {
    int array = expression.indexOf(ARRAY);
    if (array < 0) {
      return expression;
    }
    StringBuilder text = new StringBuilder();
    int done = 0;
    int at = 0;
    while (at < expression.length()) {
      int end = expression.startsWith(ARRAY, at) ? close(expression, at + ARRAY.length()) : -1;
      int type = end < 0 ? -1 : typeEnd(expression, end);
      if (type < 0) {
        at = skip(expression, at);
        continue;
      }
      text.append(expression, done, at).append("ARRAY[");
      String element = expression.substring(end + CAST.length(), type);
      elements(text, expression.substring(at + ARRAY.length(), end), element);
      text.append(']');
      at = type + 2;
      done = at;
    }
    return text.append(expression, done, expression.length()).toString();
  }

  private static void elements(StringBuilder text, String list, String type) {
    int start = 0;
    int depth = 0;
    for (int i = 0; i <= list.length(); i = i == list.length() ? i + 1 : skip(list, i)) {
      char c = i == list.length() ? ',' : list.charAt(i);
      if (c == ',' && (depth == 0 || i == list.length())) {
        text.append(start == 0 ? "" : ", ");
        text.append('(').append(list.substring(start, i).strip()).append(")::").append(type);
        start = i + 1;
      }
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    }
  }

  /** The place of the bracket that closes the array, if a cast to an array follows; else -1. */
  private static int close(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i = skip(text, i)) {
      char c = text.charAt(i);
      if (c == ']' && depth == 0) {
        return text.startsWith(CAST, i) ? i : -1;
      }
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    }
    return -1;
  }

  /** The end of the cast's type, where its brackets begin; -1 if it is no array. */
  private static int typeEnd(String text, int close) {
    int i = close + CAST.length();
    while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || isIn(text, i))) {
      i++;
    }
    return text.startsWith("[]", i) ? i : -1;
  }

  private static boolean isIn(String text, int at) {
    return " _.\"".indexOf(text.charAt(at)) >= 0;
  }

  /** An expression in parentheses without a second pair right inside them. */
  static String bare(String expression) {
    boolean twice = expression.startsWith("((") && expression.endsWith("))");
    return twice && matching(expression, 1) == expression.length() - 2
        ? expression.substring(1, expression.length() - 1)
        : expression;
  }

  /** The place of the parenthesis that closes the one at a place; -1 if none does. */
  private static int matching(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i = skip(text, i)) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The next character's place, behind the whole of a quoted string or name. */
  private static int skip(String text, int at) {
    char quote = text.charAt(at);
    if (quote != '\'' && quote != '"') {
      return at + 1;
    }
    int end = text.indexOf(quote, at + 1);
    return end < 0 ? text.length() : end + 1;
  }
}
