package dev.whimbrel.hazard;

/** A value that each type has, for columns that must have one. */
final class Neutral {
  private Neutral() {}

  /** Such as {@code 0}, for a type as the server prints it. */
  static String of(Catalog catalog, String type) {
    if (type.endsWith("[]")) {
      return "'{}'";
    }
    for (Catalog.Type each : catalog.types().values()) {
      if (each.isTypeOf(type) && !each.labels().isEmpty()) {
        return "'" + each.labels().get(0).replace("'", "''") + "'";
      }
    }
    String plain = type.replaceFirst("\\(.*\\)", "");
    return switch (plain) {
      case "smallint", "integer", "bigint", "numeric", "real", "double precision", "money" -> "0";
      case "boolean" -> "false";
      case "timestamp with time zone", "timestamp without time zone" -> "now()";
      case "date" -> "current_date";
      case "time with time zone", "time without time zone" -> "'00:00'";
      case "interval" -> "'0'";
      case "uuid" -> "gen_random_uuid()";
      case "json", "jsonb" -> "'{}'";
      case "inet", "cidr" -> "'0.0.0.0/0'";
      default -> "''";
    };
  }
}
