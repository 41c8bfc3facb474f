package dev.whimbrel.schema;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Constraints of tables. An inherited one belongs to the parent only. */
public sealed interface ConstraintContent extends Content {

  /** When a constraint is checked. */
  enum Deferral {
    IMMEDIATE,
    DEFERRABLE,
    INITIALLY_DEFERRED
  }

  /**
   * That a column takes no null.
   *
   * @param name the constraint's name, null when it was invented or the engine gives it none
   */
  record NotNull(@Nullable String name, boolean noInherit, boolean validated)
      implements ConstraintContent {}

  /**
   * A primary key.
   *
   * @param withoutOverlaps whether the last column is a range that must not overlap
   * @param options storage parameters of its index
   */
  record PrimaryKey(
      List<String> columns,
      List<String> include,
      boolean withoutOverlaps,
      Deferral deferral,
      SortedMap<String, String> options)
      implements ConstraintContent {
    public PrimaryKey {
      columns = List.copyOf(columns);
      include = List.copyOf(include);
      options = Contents.copy(options);
    }
  }

  /** A unique constraint; the components are as in {@link PrimaryKey}. */
  record Unique(
      List<String> columns,
      List<String> include,
      boolean nullsNotDistinct,
      boolean withoutOverlaps,
      Deferral deferral,
      SortedMap<String, String> options)
      implements ConstraintContent {
    public Unique {
      columns = List.copyOf(columns);
      include = List.copyOf(include);
      options = Contents.copy(options);
    }
  }

  /**
   * A check.
   *
   * @param expression with its parentheses, without the word CHECK
   */
  record Check(String expression, boolean noInherit, boolean validated, boolean enforced)
      implements ConstraintContent {}

  /**
   * An exclusion constraint.
   *
   * @param definition all of it, from the word EXCLUDE on, without deferral
   */
  record Exclusion(String definition, Deferral deferral) implements ConstraintContent {}

  /** What a foreign key does when its target changes. */
  enum Action {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }

  /**
   * A foreign key.
   *
   * @param table the table referred to
   * @param matchFull {@code MATCH FULL}, else simple
   * @param onDeleteColumns the columns that {@code ON DELETE SET} is limited to; none means all
   * @param period whether the last column is compared as a period
   */
  record ForeignKey(
      List<String> columns,
      FactId table,
      List<String> referenced,
      boolean matchFull,
      Action onUpdate,
      Action onDelete,
      List<String> onDeleteColumns,
      boolean period,
      Deferral deferral,
      boolean validated,
      boolean enforced)
      implements ConstraintContent {
    public ForeignKey {
      columns = List.copyOf(columns);
      referenced = List.copyOf(referenced);
      onDeleteColumns = List.copyOf(onDeleteColumns);
    }

    @Override
    public Set<FactId> references() {
      return Set.of(table);
    }
  }
}
