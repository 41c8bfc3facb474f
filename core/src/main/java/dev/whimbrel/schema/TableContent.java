package dev.whimbrel.schema;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Tables, their columns and indexes, and sequences. */
public sealed interface TableContent extends Content {

  /**
   * A table without its columns.
   *
   * @param partitionKey such as {@code RANGE (created)}, null unless it is partitioned
   * @param ofType the composite type of a typed table, qualified and quoted
   * @param accessMethod such as {@code heap}; null where the table has no storage
   */
  record Table(
      boolean unlogged,
      @Nullable String partitionKey,
      @Nullable String ofType,
      @Nullable String accessMethod)
      implements TableContent {}

  /**
   * The place of a partition in its parent.
   *
   * @param bound such as {@code FOR VALUES IN (1)} or {@code DEFAULT}
   */
  record Partition(FactId parent, String bound) implements TableContent {
    @Override
    public Set<FactId> references() {
      return Set.of(parent);
    }
  }

  /** The parents of a table that inherits, in their order. */
  record Inheritance(List<FactId> parents) implements TableContent {
    public Inheritance {
      parents = List.copyOf(parents);
    }

    @Override
    public Set<FactId> references() {
      return Set.copyOf(parents);
    }
  }

  /**
   * A column that the table defines itself; inherited ones belong to the parent only. Its position
   * is {@link Schema#columns}'.
   *
   * @param type with its modifiers, such as {@code character varying(20)}
   * @param collation qualified and quoted, null for the default of the type
   * @param generated the expression of a generated column
   * @param virtual whether {@code generated} is computed when read
   */
  record Column(
      String type, @Nullable String collation, @Nullable String generated, boolean virtual)
      implements TableContent {}

  /**
   * That a column is an identity.
   *
   * @param always {@code GENERATED ALWAYS}, else {@code BY DEFAULT}
   * @param sequenceName qualified path of its sequence, null when the engine invented the name
   */
  record Identity(boolean always, @Nullable List<String> sequenceName, Sequence sequence)
      implements TableContent {
    public Identity {
      sequenceName = sequenceName == null ? null : List.copyOf(sequenceName);
    }
  }

  /**
   * A setting of a column that is not the default. The settings are {@code storage}, {@code
   * compression}, {@code statistics} and the attribute options {@code n_distinct} and {@code
   * n_distinct_inherited}.
   */
  record ColumnSetting(String value) implements TableContent {}

  /** The default of a column of a table or view. */
  record ColumnDefault(String expression) implements TableContent {}

  /** A sequence; numbers are decimal text. */
  record Sequence(
      String type,
      String start,
      String increment,
      String min,
      String max,
      String cache,
      boolean cycle,
      boolean unlogged)
      implements TableContent {}

  /** That a sequence goes when its column goes. */
  record SequenceOwner(FactId column) implements TableContent {
    @Override
    public Set<FactId> references() {
      return Set.of(column);
    }
  }

  /**
   * An index that does not belong to a constraint. The indexes of partitions are implied by a valid
   * index of the partitioned table and are no facts.
   *
   * @param include columns that are stored but no key
   * @param predicate of a partial index
   * @param options storage parameters
   * @param valid false for what an interrupted concurrent build left, and for the index of a
   *     partitioned table that lacks some partition's
   * @param attachedTo for a partition's index: the index of the partitioned table, when that is not
   *     valid
   */
  record Index(
      boolean unique,
      boolean nullsNotDistinct,
      String method,
      List<Key> keys,
      List<String> include,
      @Nullable String predicate,
      SortedMap<String, String> options,
      boolean valid,
      @Nullable FactId attachedTo)
      implements TableContent {
    public Index {
      keys = List.copyOf(keys);
      include = List.copyOf(include);
      options = Contents.copy(options);
    }

    @Override
    public Set<FactId> references() {
      return attachedTo == null ? Set.of() : Set.of(attachedTo);
    }
  }

  /**
   * One key of an index.
   *
   * @param column the column's name, unquoted; null for an expression
   * @param expression with its parentheses where the syntax needs them; null for a column
   * @param collation qualified and quoted, null for that of the column
   * @param operatorClass qualified, with its parameters; null for the default one without any
   */
  record Key(
      @Nullable String column,
      @Nullable String expression,
      @Nullable String collation,
      @Nullable String operatorClass,
      boolean descending,
      boolean nullsFirst) {}

  /** The index that {@code CLUSTER} goes by. */
  record Cluster(String index) implements TableContent {}

  /**
   * How changes of a table are replicated, when it is not by the primary key.
   *
   * @param mode {@code FULL}, {@code NOTHING} or {@code INDEX}
   * @param index the name, for {@code INDEX}
   */
  record ReplicaIdentity(String mode, @Nullable String index) implements TableContent {}
}
