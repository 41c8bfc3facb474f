package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.relation;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TableContent.Column;
import dev.whimbrel.schema.TableContent.Inheritance;
import dev.whimbrel.schema.TableContent.Partition;
import dev.whimbrel.schema.TableContent.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tables that exist, their columns and places; {@link PostgresqlRenderTableText} writes new ones.
 */
final class PostgresqlRenderTable {
  private PostgresqlRenderTable() {}

  static void create(FactId id, TableContent content, List<Fact> parts, Out out) {
    switch (content) {
      case Table table ->
          out.add("%s", new PostgresqlRenderTableText(id, parts, out).create(table));
      case Column column -> addColumn(new Fact(id, column), parts, out);
      case Partition partition -> attach(id, partition, out);
      case Inheritance inheritance ->
          inheritance.parents().forEach(parent -> inherit(id, "inherit", parent, out));
      case TableContent.Identity identity -> {
        alterColumn(id, "add " + PostgresqlRenderSequence.identity(id, identity), out);
        if (isPlain(identity.sequence())) {
          PostgresqlRenderSequence.goOn(id, PostgresqlRenderSequence.of(id, identity), out);
        }
      }
      case TableContent.ColumnSetting setting -> set(id, setting.value(), out);
      case TableContent.ColumnDefault value -> setDefault(id, value.expression(), out);
      case TableContent.Sequence sequence -> PostgresqlRenderSequence.create(id, sequence, out);
      case TableContent.SequenceOwner owner -> own(id, owner.column(), out);
      case TableContent.Index index -> PostgresqlRenderIndex.create(id, index, out);
      case TableContent.Cluster cluster ->
          out.add("alter %s cluster on %s", altered(id, out), quote(cluster.index()));
      case TableContent.ReplicaIdentity identity -> replicate(id, identity, out);
    }
  }

  static void drop(FactId id, TableContent content, Out out) {
    boolean comesBack = out.to().find(id).map(Fact::content).equals(Optional.of(content));
    switch (content) {
      case Table ignored -> {
        leave(id, out);
        out.add("drop table %s", relation(id));
      }
      case Column ignored ->
          out.add("alter table %s drop column %s", relation(id), quote(id.name()));
      case Partition partition ->
          out.add("alter table %s detach partition %s", relation(partition.parent()), relation(id));
      case Inheritance inheritance ->
          inheritance.parents().forEach(parent -> inherit(id, "no inherit", parent, out));
      case TableContent.Identity ignored -> alterColumn(id, "drop identity", out);
      case TableContent.ColumnSetting ignored -> reset(id, out);
      case TableContent.ColumnDefault ignored -> setDefault(id, null, out);
      case TableContent.Sequence ignored -> out.add("drop sequence %s", relation(id));
      case TableContent.SequenceOwner ignored ->
          out.add("alter sequence %s owned by none", relation(id));
      case TableContent.Index index -> PostgresqlRenderIndex.drop(id, index, out);
      case TableContent.Cluster ignored when comesBack -> {}
      case TableContent.Cluster ignored ->
          out.add("alter %s set without cluster", altered(id, out));
      case TableContent.ReplicaIdentity ignored when comesBack -> {}
      case TableContent.ReplicaIdentity ignored ->
          out.add("alter table %s replica identity default", relation(id));
    }
  }

  /** A partition cannot be dropped while a foreign key refers to the whole. */
  private static void leave(FactId table, Out out) {
    Optional<Partition> partition = out.from().find(table.as(Kind.PARTITION), Partition.class);
    if (partition.isPresent() && isReferred(table, out)) {
      drop(table.as(Kind.PARTITION), partition.get(), out);
    }
  }

  private static boolean isReferred(FactId partition, Out out) {
    return PostgresqlInheritance.parents(partition, out.from()).stream()
        .anyMatch(parent ->
            isReferred(parent, out)
                || out.from().facts(Kind.FOREIGN_KEY).stream()
                    .map(fact -> (ConstraintContent.ForeignKey) fact.content())
                    .anyMatch(key -> key.table().equals(parent)));
  }

  static void alter(FactId id, TableContent before, TableContent after, Out out) {
    switch (after) {
      case Table table -> alterTable(id, (Table) before, table, out);
      case Column column -> alterColumnType(id, (Column) before, column, out);
      case Partition partition -> {
        drop(id, before, out);
        attach(id, partition, out);
      }
      case Inheritance inheritance -> reinherit(id, (Inheritance) before, inheritance, out);
      case TableContent.Identity identity ->
          PostgresqlRenderSequence.alterIdentity(id, (TableContent.Identity) before, identity, out);
      case TableContent.Sequence sequence ->
          PostgresqlRenderSequence.alter(id, (TableContent.Sequence) before, sequence, out);
      case TableContent.Index index ->
          PostgresqlRenderIndex.alter(id, (TableContent.Index) before, index, out);
      case TableContent.ColumnSetting ignored -> create(id, after, List.of(), out);
      case TableContent.ColumnDefault ignored -> create(id, after, List.of(), out);
      case TableContent.SequenceOwner ignored -> create(id, after, List.of(), out);
      case TableContent.Cluster ignored -> create(id, after, List.of(), out);
      case TableContent.ReplicaIdentity ignored -> create(id, after, List.of(), out);
    }
  }

  /** {@code alter table t alter column c} and what follows. */
  static void alterColumn(FactId id, String action, Out out) {
    out.add("alter %s alter column %s %s", altered(id, out), quote(id.segment(2)), action);
  }

  private static String altered(FactId id, Out out) {
    return PostgresqlNames.altered(id, out.to().isEmpty() ? out.from() : out.to());
  }

  private static void addColumn(Fact column, List<Fact> parts, Out out) {
    FactId id = column.id();
    List<Fact> all = new ArrayList<>(parts);
    all.add(column);
    PostgresqlRenderTableText text = new PostgresqlRenderTableText(id, all, out);
    boolean filled = out.situation().style().restores() && !out.situation().fresh().contains(id);
    String filler = filled ? text.filler(id) : "";
    out.add("alter table %s add column %s%s", relation(id), text.column(id), filler);
    if (!filler.isEmpty()) {
      setDefault(id, null, out);
    }
  }

  private static void setDefault(FactId id, @Nullable String expression, Out out) {
    alterColumn(id, expression == null ? "drop default" : "set default " + expression, out);
  }

  private static void attach(FactId id, Partition partition, Out out) {
    out.add(
        "alter table %s attach partition %s %s",
        relation(partition.parent()), relation(id), lower(partition.bound()));
  }

  /** The bound with its key words as the rest is written. */
  static String lower(String bound) {
    return bound.equals("DEFAULT")
        ? "default"
        : bound
            .replaceFirst("^FOR VALUES FROM ", "for values from ")
            .replaceFirst("^FOR VALUES IN ", "for values in ")
            .replaceFirst("^FOR VALUES WITH ", "for values with ")
            .replaceFirst("\\) TO \\(", ") to (");
  }

  private static void inherit(FactId id, String verb, FactId parent, Out out) {
    out.add("alter table %s %s %s", relation(id), verb, relation(parent));
  }

  private static void reinherit(FactId id, Inheritance before, Inheritance after, Out out) {
    boolean sameStart =
        after
            .parents()
            .subList(0, Math.min(after.parents().size(), before.parents().size()))
            .equals(before.parents());
    for (FactId parent : before.parents()) {
      if (!sameStart || !after.parents().contains(parent)) {
        inherit(id, "no inherit", parent, out);
      }
    }
    for (FactId parent : after.parents()) {
      if (!sameStart || !before.parents().contains(parent)) {
        inherit(id, "inherit", parent, out);
      }
    }
  }

  private static void set(FactId id, String value, Out out) {
    switch (id.name()) {
      case "storage", "compression", "statistics" ->
          alterColumn(id, "set " + id.name() + " " + value, out);
      default -> alterColumn(id, "set (" + id.name() + " = " + value + ")", out);
    }
  }

  private static void reset(FactId id, Out out) {
    switch (id.name()) {
      case "storage" -> alterColumn(id, "set storage " + naturalStorage(id, out), out);
      case "compression" -> alterColumn(id, "set compression default", out);
      case "statistics" -> alterColumn(id, "set statistics -1", out);
      default -> alterColumn(id, "reset (" + id.name() + ")", out);
    }
  }

  /** The word DEFAULT came with version 16. */
  private static String naturalStorage(FactId id, Out out) {
    if (out.has(16)) {
      return "default";
    }
    String type =
        out.to()
            .find(FactId.of(Kind.COLUMN, id.segment(0), id.segment(1), id.segment(2)), Column.class)
            .map(Column::type)
            .orElse("text");
    return type.startsWith("numeric") || type.equals("inet") || type.equals("cidr")
        ? "main"
        : "extended";
  }

  private static void own(FactId id, FactId column, Out out) {
    out.add(
        "alter sequence %s owned by %s.%s", relation(id), relation(column), quote(column.name()));
    boolean fresh = !out.from().contains(id.as(Kind.SEQUENCE));
    boolean known = out.from().contains(column) && asks(column, id, out);
    if (fresh
        && known
        && out.to()
            .find(id.as(Kind.SEQUENCE), TableContent.Sequence.class)
            .map(PostgresqlRenderTable::isPlain)
            .orElse(false)) {
      PostgresqlRenderSequence.goOn(column, id.path(), out);
    }
  }

  /** Whether a column's default takes its values from a sequence. */
  private static boolean asks(FactId column, FactId sequence, Out out) {
    return out.to()
        .dependencies(column.as(Kind.COLUMN_DEFAULT))
        .contains(sequence.as(Kind.SEQUENCE));
  }

  private static boolean isPlain(TableContent.Sequence sequence) {
    return sequence.start().equals("1") && sequence.increment().equals("1");
  }

  private static void replicate(FactId id, TableContent.ReplicaIdentity identity, Out out) {
    String mode =
        identity.index() == null
            ? identity.mode().toLowerCase(java.util.Locale.ROOT)
            : "using index " + quote(identity.index());
    out.add("alter table %s replica identity %s", relation(id), mode);
  }

  private static void alterTable(FactId id, Table before, Table after, Out out) {
    if (before.unlogged() != after.unlogged()) {
      out.add("alter table %s set %s", relation(id), after.unlogged() ? "unlogged" : "logged");
    }
    if (!Objects.equals(before.ofType(), after.ofType())) {
      String type = after.ofType();
      out.add(
          "alter table %s %s",
          relation(id), type == null ? "not of" : "of " + PostgresqlNames.type(type));
    }
    if (!Objects.equals(before.accessMethod(), after.accessMethod())
        && after.accessMethod() != null) {
      out.add("alter table %s set access method %s", relation(id), quote(after.accessMethod()));
    }
  }

  private static void alterColumnType(FactId id, Column before, Column after, Out out) {
    if (before.generated() != null && after.generated() == null) {
      alterColumn(id, "drop expression", out);
    }
    if (after.generated() != null && !after.generated().equals(before.generated())) {
      alterColumn(
          id, "set expression as " + PostgresqlSpelling.bare("(" + after.generated() + ")"), out);
    }
    boolean sameType = before.type().equals(after.type());
    if (sameType && Objects.equals(before.collation(), after.collation())) {
      return;
    }
    String collate = after.collation() == null ? "" : " collate " + after.collation();
    if (after.collation() == null && before.collation() != null && sameType) {
      collate = " collate pg_catalog.\"default\"";
    }
    String using =
        after.generated() != null || PostgresqlTypes.assigns(before.type(), after.type())
            ? ""
            : using(id, before.type(), after.type());
    alterColumn(id, "type " + PostgresqlNames.type(after.type()) + collate + using, out);
  }

  /** How values become another type. */
  static String using(FactId id, String before, String after) {
    return " using "
        + PostgresqlTypes.conversion(quote(id.name()), before, after, PostgresqlNames.type(after));
  }
}
