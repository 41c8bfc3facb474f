package dev.whimbrel.hazard;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the printed types of PostgreSQL can hold. */
public final class Types {
  private static final Pattern SIZED =
      Pattern.compile(
          "([a-z ]+?)(?:\\((\\d+)(?:,(-?\\d+))?\\))?( with(?:out)? time zone)?(\\[\\])*");
  private static final List<String> WHOLE = List.of("smallint", "integer", "bigint", "numeric");
  private static final List<String> FLOATING = List.of("real", "double precision");

  /** What refuses some texts. */
  private static final List<String> STRICT =
      List.of(
          "boolean",
          "date",
          "interval",
          "uuid",
          "inet",
          "cidr",
          "macaddr",
          "json",
          "jsonb",
          "bytea");

  private Types() {}

  private record Sized(String name, int length, int scale) {
    static Sized of(String type) {
      Matcher matcher = SIZED.matcher(type);
      if (!matcher.matches()) {
        return new Sized(type, Integer.MAX_VALUE, 0);
      }
      String rest = matcher.group(4) == null ? "" : matcher.group(4);
      rest += matcher.group(5) == null ? "" : matcher.group(5);
      int length =
          matcher.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(2));
      int scale = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
      return new Sized(matcher.group(1) + rest, length, scale);
    }

    boolean isText() {
      return List.of("character varying", "character", "text", "bpchar").contains(name);
    }
  }

  /** Whether some values of one type are too long, too big or too precise for another. */
  public static boolean narrows(String from, String to) {
    Sized was = Sized.of(from);
    Sized now = Sized.of(to);
    if (was.isText() && now.isText()) {
      return now.length() < was.length();
    }
    if (was.isText()) {
      return WHOLE.contains(now.name())
          || FLOATING.contains(now.name())
          || STRICT.contains(now.name())
          || now.name().startsWith("time");
    }
    if (WHOLE.contains(was.name()) && WHOLE.contains(now.name())) {
      return wholeNarrows(was, now);
    }
    if (FLOATING.contains(was.name()) || FLOATING.contains(now.name())) {
      return FLOATING.indexOf(now.name()) < FLOATING.indexOf(was.name())
          || (WHOLE.contains(was.name()) && now.name().equals("real"));
    }
    if (was.name().startsWith("timestamp")) {
      return now.name().equals("date") || now.length() < was.length();
    }
    return was.name().equals("jsonb") && !List.of("json", "text").contains(now.name());
  }

  private static boolean wholeNarrows(Sized was, Sized now) {
    if (was.name().equals("numeric") && now.name().equals("numeric")) {
      boolean free = now.length() == Integer.MAX_VALUE;
      return !free
          && (now.scale() < was.scale() || now.length() - now.scale() < was.length() - was.scale());
    }
    return WHOLE.indexOf(now.name()) < WHOLE.indexOf(was.name());
  }

  /** A condition that holds when a column's value fits the type. */
  public static String fits(String column, String type) {
    Sized now = Sized.of(type);
    return switch (now.name()) {
      case "character varying", "character" -> "length(" + column + "::text) <= " + now.length();
      case "smallint" -> column + "::numeric between -32768 and 32767";
      case "integer" -> column + "::numeric between -2147483648 and 2147483647";
      case "bigint" -> column + "::numeric between -9223372036854775808 and 9223372036854775807";
      case "numeric" ->
          now.length() == Integer.MAX_VALUE
              ? column + " is not null"
              : "round(%s::numeric, %d) = %s::numeric and abs(%s::numeric) < 1e%d"
                  .formatted(column, now.scale(), column, column, now.length() - now.scale());
      default -> column + "::" + type + " is not null";
    };
  }
}
