package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.relation;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.ConstraintContent.Deferral;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent.Column;
import dev.whimbrel.schema.TableContent.ColumnDefault;
import dev.whimbrel.schema.TableContent.Identity;
import dev.whimbrel.schema.TableContent.Inheritance;
import dev.whimbrel.schema.TableContent.Partition;
import dev.whimbrel.schema.TableContent.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The text of a new table or column, with all that comes in the same statement. */
final class PostgresqlRenderTableText {
  private final FactId id;
  private final Map<FactId, Fact> parts = new LinkedHashMap<>();
  private final Set<FactId> written = new HashSet<>();
  private final Out out;

  PostgresqlRenderTableText(FactId id, List<Fact> parts, Out out) {
    this.id = id;
    this.out = out;
    parts.forEach(part -> this.parts.put(part.id(), part));
  }

  String create(Table table) {
    List<String> lines = lines();
    Optional<Partition> partition = part(id.as(Kind.PARTITION), Partition.class);
    StringBuilder text = new StringBuilder("create ");
    text.append(table.unlogged() ? "unlogged table " : "table ").append(relation(id));
    partition.ifPresent(place -> text.append(" partition of ").append(relation(place.parent())));
    if (table.ofType() != null) {
      text.append(" of ").append(PostgresqlNames.type(table.ofType()));
    }
    if (!lines.isEmpty()) {
      text.append(" (\n  ").append(String.join(",\n  ", lines)).append("\n)");
    } else if (partition.isEmpty() && table.ofType() == null) {
      text.append(" ()");
    }
    partition.ifPresent(
        place -> text.append(' ').append(PostgresqlRenderTable.lower(place.bound())));
    part(id.as(Kind.INHERITANCE), Inheritance.class)
        .ifPresent(place -> text.append(" inherits (").append(parents(place)).append(")"));
    if (table.partitionKey() != null) {
      text.append(" partition by ").append(key(table.partitionKey()));
    }
    if (table.accessMethod() != null && !table.accessMethod().equals("heap")) {
      text.append(" using ").append(quote(table.accessMethod()));
    }
    part(FactId.on(Kind.OPTIONS, id), Content.Options.class)
        .ifPresent(options ->
            text.append(" with (")
                .append(PostgresqlRenderObject.settings(options.values()))
                .append(")"));
    return text.toString();
  }

  private static String key(String key) {
    int space = key.indexOf(' ');
    return key.substring(0, space).toLowerCase(java.util.Locale.ROOT) + key.substring(space);
  }

  private static String parents(Inheritance inheritance) {
    return String.join(
        ", ", inheritance.parents().stream().map(PostgresqlNames::relation).toList());
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    parts.values().stream()
        .filter(part -> part.kind() == Kind.COLUMN)
        .sorted(
            Comparator.comparingInt((Fact column) -> out.to().position(column.id()))
                .thenComparing(Fact::id))
        .forEach(column -> lines.add(column(column.id())));
    for (Fact part : parts.values()) {
      if (part.content() instanceof ConstraintContent constraint
          && part.kind() != Kind.NOT_NULL
          && !written.contains(part.id())) {
        lines.add(PostgresqlRenderConstraint.named(part.id(), constraint));
      }
    }
    return lines;
  }

  /** A column with its default, its identity and the constraints that are about it alone. */
  String column(FactId column) {
    Column content = part(column, Column.class).orElseThrow();
    Optional<String> serial = serial(column);
    StringBuilder text = new StringBuilder(quote(column.name())).append(' ');
    text.append(serial.orElse(PostgresqlNames.type(content.type())));
    if (content.collation() != null) {
      text.append(" collate ").append(content.collation());
    }
    if (content.generated() != null) {
      text.append(" generated always as ")
          .append(PostgresqlSpelling.bare("(" + content.generated() + ")"));
      text.append(content.virtual() ? " virtual" : " stored");
    }
    part(column.as(Kind.IDENTITY), Identity.class)
        .ifPresent(identity ->
            text.append(' ').append(PostgresqlRenderSequence.identity(column, identity)));
    if (serial.isEmpty()) {
      part(column.as(Kind.COLUMN_DEFAULT), ColumnDefault.class)
          .ifPresent(value -> text.append(" default ").append(value.expression()));
    }
    notNull(column, serial.isPresent(), text);
    inline(column, text);
    return text.toString();
  }

  private Optional<String> serial(FactId column) {
    FactId sequence =
        FactId.of(
            Kind.SEQUENCE,
            column.segment(0),
            PostgresqlNames.invent(column.segment(1), column.name(), "seq"));
    return parts.containsKey(sequence)
            && parts.containsKey(sequence.as(Kind.SEQUENCE_OWNER))
            && parts.containsKey(column.as(Kind.NOT_NULL))
        ? PostgresqlSerial.word(column, out.to())
        : Optional.empty();
  }

  private void notNull(FactId column, boolean implied, StringBuilder text) {
    part(column.as(Kind.NOT_NULL), ConstraintContent.NotNull.class)
        .ifPresent(constraint -> {
          boolean plain = constraint.name() == null && !constraint.noInherit();
          if (plain && (implied || isIdentity(column) || isOnlyKey(column))) {
            return;
          }
          if (constraint.name() != null) {
            text.append(" constraint ").append(quote(constraint.name()));
          }
          text.append(constraint.noInherit() ? " not null no inherit" : " not null");
        });
  }

  private boolean isIdentity(FactId column) {
    return parts.containsKey(column.as(Kind.IDENTITY));
  }

  private boolean isOnlyKey(FactId column) {
    return parts.values().stream()
        .anyMatch(part ->
            part.content() instanceof ConstraintContent.PrimaryKey key
                && key.columns().equals(List.of(column.name())));
  }

  /** Constraints of this column alone whose names the engine finds by itself. */
  private void inline(FactId column, StringBuilder text) {
    List<String> only = List.of(column.name());
    for (Fact part : parts.values()) {
      String table = column.segment(1);
      switch (part.content()) {
        case ConstraintContent.PrimaryKey key -> {
          if (key.columns().equals(only)
              && isPlain(key.include(), key.deferral())
              && key.options().isEmpty()
              && isNamed(part, PostgresqlNames.invent(table, "", "pkey"))) {
            text.append(" primary key");
          }
        }
        case ConstraintContent.Unique key -> {
          if (key.columns().equals(only)
              && isPlain(key.include(), key.deferral())
              && key.options().isEmpty()
              && !key.nullsNotDistinct()
              && isNamed(part, PostgresqlNames.invent(table, column.name(), "key"))) {
            text.append(" unique");
          }
        }
        case ConstraintContent.ForeignKey key -> {
          if (key.columns().equals(only)
              && key.validated()
              && isNamed(part, PostgresqlNames.invent(table, column.name(), "fkey"))) {
            text.append(' ').append(PostgresqlRenderConstraint.references(key));
          }
        }
        default -> {}
      }
    }
  }

  private static boolean isPlain(List<String> include, Deferral deferral) {
    return include.isEmpty() && deferral == Deferral.IMMEDIATE;
  }

  private boolean isNamed(Fact part, String name) {
    return part.id().name().equals(name) && written.add(part.id());
  }

  /**
   * A default for rows that exist already, for a column that takes no null and has no default; with
   * a space before it, or empty.
   */
  String filler(FactId column) {
    Column content = part(column, Column.class).orElseThrow();
    boolean needed =
        parts.containsKey(column.as(Kind.NOT_NULL))
            && !parts.containsKey(column.as(Kind.COLUMN_DEFAULT))
            && !isIdentity(column)
            && content.generated() == null;
    return needed
        ? PostgresqlFiller.of(content.type(), out.to()).map(value -> " default " + value).orElse("")
        : "";
  }

  private <C extends Content> Optional<C> part(FactId part, Class<C> type) {
    return Optional.ofNullable(parts.get(part)).map(Fact::content).map(type::cast);
  }
}
