package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.relation;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.ConstraintContent.ForeignKey;
import dev.whimbrel.schema.ConstraintContent.Unique;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TableContent.Index;
import dev.whimbrel.schema.TableContent.Partition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Indexes, keys and foreign keys of partitioned tables: the whole cannot be built beside the users'
 * work, but its partitions can, one by one, and the whole takes them over.
 */
final class PostgresqlRenderParts {
  private PostgresqlRenderParts() {}

  /** Builds an index of a partitioned table. */
  static void index(FactId id, Index index, Out out) {
    index(id, id.name(), id.within(Kind.TABLE, 2), index, out);
  }

  private static void index(FactId whole, String name, FactId table, Index index, Out out) {
    out.add("%s", PostgresqlRenderIndex.text(name, table, index, "", "only "));
    List<String> columns =
        index.keys().stream().map(key -> key.column() == null ? "expr" : key.column()).toList();
    for (FactId partition : partitions(table, out)) {
      Optional<String> key = keyOf(partition, whole, out);
      String part = key.orElseGet(() -> freeName(partition, String.join("_", columns), "idx", out));
      if (isPartitioned(partition, out) && key.isEmpty()) {
        index(whole, part, partition, index, out);
      } else if (key.isEmpty()) {
        out.alone("%s", PostgresqlRenderIndex.text(part, partition, index, "concurrently ", ""));
      }
      attach(table, name, partition, part, out);
    }
  }

  /** The key of a partition that serves an index of the whole. */
  private static Optional<String> keyOf(FactId partition, FactId index, Out out) {
    return out.to().dependencies(index).stream()
        .filter(on -> on.kind() == Kind.PRIMARY_KEY || on.kind() == Kind.UNIQUE)
        .filter(key -> key.within(Kind.TABLE, 2).equals(partition))
        .map(FactId::name)
        .findFirst();
  }

  /** Lets the partitions go whose keys serve an index: it cannot be dropped with them. */
  static void release(FactId index, Out out) {
    for (FactId part : PostgresqlDependencies.partsWithKeys(index, out.from())) {
      PostgresqlRenderTable.drop(part.as(Kind.PARTITION), bound(part, out), out);
    }
  }

  /** Takes them back. */
  static void retake(FactId index, Out out) {
    for (FactId part : PostgresqlDependencies.partsWithKeys(index, out.from())) {
      PostgresqlRenderTable.create(part.as(Kind.PARTITION), bound(part, out), List.of(), out);
    }
  }

  private static Partition bound(FactId part, Out out) {
    return out.from().find(part.as(Kind.PARTITION), Partition.class).orElseThrow();
  }

  /** Whether a key can be built partition by partition. */
  static boolean isBuiltInParts(FactId id, ConstraintContent key, Out out) {
    FactId table = id.within(Kind.TABLE, 2);
    return PostgresqlRenderConstraint.isIndexable(key)
        && out.situation().isLive(table)
        && isPartitioned(table, out)
        && areKeyless(table, key, out);
  }

  /** Whether no partition has a primary key already, where one is to come. */
  private static boolean areKeyless(FactId table, ConstraintContent key, Out out) {
    return partitions(table, out).stream()
        .allMatch(partition ->
            (key instanceof Unique
                    || (out.from().within(partition, Kind.PRIMARY_KEY).isEmpty()
                        && out.to().within(partition, Kind.PRIMARY_KEY).isEmpty()))
                && areKeyless(partition, key, out));
  }

  /** Builds a key of a partitioned table. */
  static void key(FactId id, ConstraintContent key, Out out) {
    FactId table = id.within(Kind.TABLE, 2);
    out.add(
        "alter table only %s add constraint %s %s",
        relation(table), quote(id.name()), PostgresqlRenderConstraint.text(key));
    for (FactId partition : partitions(table, out)) {
      String name =
          key instanceof Unique unique
              ? freeName(partition, String.join("_", unique.columns()), "key", out)
              : freeName(partition, "", "pkey", out);
      FactId part = FactId.of(id.kind(), partition.segment(0), partition.segment(1), name);
      if (isPartitioned(partition, out)) {
        key(part, key, out);
      } else if (out.situation().fresh().contains(partition)) {
        PostgresqlRenderConstraint.add(part, key, "", out);
      } else {
        PostgresqlRenderConstraint.index(part, name, key, out);
        PostgresqlRenderConstraint.use(part, name, key, out);
      }
      attach(table, id.name(), partition, name, out);
    }
  }

  /** Adds a foreign key to each partition first: the whole takes over what is valid there. */
  static void foreignKey(FactId id, ForeignKey key, Out out) {
    leaves(id.within(Kind.TABLE, 2), out)
        .filter(out.from()::contains)
        .forEach(leaf -> {
          FactId part = FactId.of(id.kind(), leaf.segment(0), leaf.segment(1), id.name());
          PostgresqlRenderConstraint.add(part, key, " not valid", out);
          PostgresqlRenderConstraint.validate(part, out);
        });
    PostgresqlRenderConstraint.add(id, key, "", out);
  }

  /** Whether a foreign key can be checked partition by partition. */
  static boolean isCheckedInParts(FactId id, ForeignKey key, Out out) {
    FactId table = id.within(Kind.TABLE, 2);
    return key.validated()
        && key.enforced()
        && !key.table().equals(table)
        && !isPartitioned(key.table(), out)
        && out.situation().isLive(table)
        && leaves(table, out)
            .map(leaf -> FactId.of(id.kind(), leaf.segment(0), leaf.segment(1), id.name()))
            .noneMatch(out.from()::contains);
  }

  private static Stream<FactId> leaves(FactId table, Out out) {
    return partitions(table, out).stream()
        .flatMap(partition ->
            isPartitioned(partition, out) ? leaves(partition, out) : Stream.of(partition));
  }

  private static void attach(FactId table, String whole, FactId partition, String part, Out out) {
    out.add(
        "alter index %s attach partition %s",
        relation(table.segment(0), whole), relation(partition.segment(0), part));
  }

  private static List<FactId> partitions(FactId table, Out out) {
    return out.to().facts(Kind.PARTITION).stream()
        .filter(fact -> ((Partition) fact.content()).parent().equals(table))
        .map(fact -> fact.id().as(Kind.TABLE))
        .filter(id -> out.from().contains(id) || out.situation().fresh().contains(id))
        .toList();
  }

  /** The name that the engine would have chosen, with a number when the table has it already. */
  private static String freeName(FactId partition, String columns, String label, Out out) {
    String name = PostgresqlNames.invent(partition.segment(1), columns, label);
    for (int i = 1; isTaken(partition, name, out); i++) {
      name = PostgresqlNames.invent(partition.segment(1), columns, label + i);
    }
    return name;
  }

  private static boolean isTaken(FactId partition, String name, Out out) {
    return List.of(Kind.INDEX, Kind.PRIMARY_KEY, Kind.UNIQUE).stream()
        .map(kind -> FactId.of(kind, partition.segment(0), partition.segment(1), name))
        .anyMatch(id -> out.from().contains(id) || out.to().contains(id));
  }

  static boolean isPartitioned(FactId id, Out out) {
    return out.to()
        .find(id.within(Kind.TABLE, 2), TableContent.Table.class)
        .map(table -> table.partitionKey() != null)
        .orElse(false);
  }
}
