package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Statements that put rows into the tables of a schema. The same row of each table has the same
 * value for the same type, so that foreign keys find what they refer to.
 */
final class PostgresqlSeeds implements BiFunction<Schema, Integer, List<String>> {
  private static final int MOST = 9;

  /** One statement a table; {@code row} is 1 to 9. */
  @Override
  public List<String> apply(Schema schema, Integer row) {
    if (row < 1 || row > MOST) {
      throw new IllegalArgumentException("row " + row);
    }
    List<String> statements = new ArrayList<>();
    for (Fact table : schema.facts(Kind.TABLE)) {
      insert(table.id(), row, schema).ifPresent(statements::add);
    }
    return statements;
  }

  private static Optional<String> insert(FactId table, int row, Schema schema) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Fact column : schema.columns(table)) {
      TableContent.Column content = (TableContent.Column) column.content();
      boolean given = content.generated() != null || schema.contains(column.id().as(Kind.IDENTITY));
      if (!given) {
        value(content.type(), row, schema)
            .ifPresent(value -> {
              names.add(PostgresqlNames.quote(column.id().name()));
              values.add(value);
            });
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "insert into %s (%s) values (%s)"
                .formatted(
                    PostgresqlNames.qualified(table),
                    String.join(", ", names),
                    String.join(", ", values)));
  }

  private static Optional<String> value(String type, int row, Schema schema) {
    if (type.endsWith("[]")) {
      return Optional.of("'{}'");
    }
    String base = type.replaceFirst("\\([^)]*\\)", "").strip();
    return switch (base) {
      case "smallint", "integer", "bigint", "numeric", "real", "double precision" ->
          Optional.of(String.valueOf(row));
      case "text", "character varying", "name", "public.citext" ->
          Optional.of(type.endsWith("(1)") ? "'" + row + "'" : "'a" + row + "'");
      case "character" -> Optional.of("'" + row + "'");
      case "boolean" -> Optional.of(String.valueOf(row % 2 == 1));
      case "date", "timestamp without time zone", "timestamp with time zone" ->
          Optional.of("'2001-01-0" + row + "'");
      case "time without time zone", "time with time zone" -> Optional.of("'0" + row + ":00'");
      case "interval" -> Optional.of("'" + row + " days'");
      case "uuid" -> Optional.of("'00000000-0000-0000-0000-00000000000" + row + "'");
      case "json", "jsonb" -> Optional.of("'{\"a\": " + row + "}'");
      case "bytea" -> Optional.of("'\\x0" + row + "'");
      case "inet", "cidr" -> Optional.of("'10.0.0." + row + "'");
      default -> userValue(base, row, schema);
    };
  }

  private static Optional<String> userValue(String type, int row, Schema schema) {
    for (Kind kind : List.of(Kind.ENUM, Kind.DOMAIN)) {
      for (Fact fact : schema.facts(kind)) {
        if (PostgresqlNames.qualified(fact.id()).equals(type)) {
          return switch (fact.content()) {
            case TypeContent.EnumType content when !content.labels().isEmpty() ->
                Optional.of(
                    PostgresqlNames.literal(
                        content.labels().get((row - 1) % content.labels().size())));
            case TypeContent.Domain content -> value(content.baseType(), row, schema);
            default -> Optional.empty();
          };
        }
      }
    }
    return Optional.empty();
  }
}
