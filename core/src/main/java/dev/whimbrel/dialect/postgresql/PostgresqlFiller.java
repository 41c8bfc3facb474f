package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TypeContent;
import java.util.Map;
import java.util.Optional;

/** A value for each type that stands where the real one is lost. */
final class PostgresqlFiller {
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("smallint", "0"),
          Map.entry("integer", "0"),
          Map.entry("bigint", "0"),
          Map.entry("numeric", "0"),
          Map.entry("real", "0"),
          Map.entry("double precision", "0"),
          Map.entry("text", "''"),
          Map.entry("character varying", "''"),
          Map.entry("character", "''"),
          Map.entry("boolean", "false"),
          Map.entry("date", "'1970-01-01'"),
          Map.entry("timestamp without time zone", "'1970-01-01'"),
          Map.entry("timestamp with time zone", "'1970-01-01 00:00:00+00'"),
          Map.entry("time without time zone", "'00:00'"),
          Map.entry("interval", "'0'"),
          Map.entry("uuid", "'00000000-0000-0000-0000-000000000000'"),
          Map.entry("json", "'null'"),
          Map.entry("jsonb", "'null'"),
          Map.entry("bytea", "''"));

  private PostgresqlFiller() {}

  /** A literal of the type, where one is known. */
  static Optional<String> of(String type, Schema schema) {
    if (type.endsWith("[]")) {
      return Optional.of("'{}'");
    }
    String base = type.replaceFirst("\\([^)]*\\)", "").strip();
    return Optional.ofNullable(VALUES.get(base)).or(() -> firstLabel(base, schema));
  }

  private static Optional<String> firstLabel(String type, Schema schema) {
    return schema.facts(Kind.ENUM).stream()
        .filter(fact -> PostgresqlNames.qualified(fact.id()).equals(type))
        .map(fact -> (TypeContent.EnumType) fact.content())
        .filter(content -> !content.labels().isEmpty())
        .map(content -> PostgresqlNames.literal(content.labels().getFirst()))
        .findFirst();
  }
}
