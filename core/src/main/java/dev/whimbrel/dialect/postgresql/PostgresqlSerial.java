package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import java.util.Map;
import java.util.Optional;

/** Recognises the sequence, default and ownership that the word {@code serial} stands for. */
final class PostgresqlSerial {
  private static final Map<String, String> WORDS =
      Map.of("smallint", "smallserial", "integer", "serial", "bigint", "bigserial");
  private static final Map<String, String> MAXIMA =
      Map.of("smallint", "32767", "integer", "2147483647", "bigint", "9223372036854775807");

  private PostgresqlSerial() {}

  /** The column that brings a sequence with it, by the identity of the sequence or its owner. */
  static Optional<FactId> column(FactId sequence, Schema schema) {
    return schema
        .find(sequence.as(Kind.SEQUENCE_OWNER), TableContent.SequenceOwner.class)
        .map(TableContent.SequenceOwner::column)
        .filter(column -> isSerial(column, sequence.as(Kind.SEQUENCE), schema));
  }

  /** The word for a column's type, when the sequence that its default asks is a plain one. */
  static Optional<String> word(FactId column, Schema schema) {
    FactId sequence =
        FactId.of(
            Kind.SEQUENCE,
            column.segment(0),
            PostgresqlNames.invent(column.segment(1), column.name(), "seq"));
    return column(sequence, schema)
        .filter(column::equals)
        .flatMap(id -> schema.find(id, TableContent.Column.class))
        .map(found -> WORDS.get(found.type()));
  }

  private static boolean isSerial(FactId column, FactId sequence, Schema schema) {
    String name = PostgresqlNames.invent(column.segment(1), column.name(), "seq");
    return sequence.segment(0).equals(column.segment(0))
        && sequence.name().equals(name)
        && schema.contains(column.as(Kind.NOT_NULL))
        && schema
            .find(column, TableContent.Column.class)
            .filter(found -> WORDS.containsKey(found.type()))
            .map(found -> plain(found.type()))
            .equals(schema.find(sequence, TableContent.Sequence.class))
        && schema
            .find(column.as(Kind.COLUMN_DEFAULT), TableContent.ColumnDefault.class)
            .map(TableContent.ColumnDefault::expression)
            .equals(
                Optional.of("nextval('" + PostgresqlNames.qualified(sequence) + "'::regclass)"));
  }

  private static TableContent.Sequence plain(String type) {
    return new TableContent.Sequence(
        type, "1", "1", "1", MAXIMA.getOrDefault(type, ""), "1", false, false);
  }
}
