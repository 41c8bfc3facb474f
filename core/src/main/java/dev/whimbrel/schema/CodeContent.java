package dev.whimbrel.schema;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What holds code: views, routines, triggers, rules, statistics. */
public sealed interface CodeContent extends Content {

  /** An output column of a view. */
  record ViewColumn(String name, String type, @Nullable String collation) {}

  /**
   * A view.
   *
   * @param definition the query, without a final semicolon
   * @param columns tell whether {@code CREATE OR REPLACE} can do
   */
  record View(String definition, List<ViewColumn> columns) implements CodeContent {
    public View {
      columns = List.copyOf(columns);
    }
  }

  /** A materialized view; whether it was filled does not count. */
  record MaterializedView(
      String definition, List<ViewColumn> columns, @Nullable String accessMethod)
      implements CodeContent {
    public MaterializedView {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A function or procedure.
   *
   * @param arguments with names, modes and defaults
   * @param result null for a procedure
   * @param definition what follows {@code CREATE FUNCTION name(arguments)} on the next line:
   *     RETURNS, attributes and body
   */
  record Routine(boolean procedure, String arguments, @Nullable String result, String definition)
      implements CodeContent {}

  /**
   * An aggregate.
   *
   * @param options of {@code CREATE AGGREGATE}, such as {@code SFUNC}; a flag such as {@code
   *     HYPOTHETICAL} has an empty value
   */
  record Aggregate(SortedMap<String, String> options) implements CodeContent {
    public Aggregate {
      options = Contents.copy(options);
    }
  }

  /**
   * A trigger.
   *
   * @param constraint whether it is a constraint trigger
   * @param events timing and events, such as {@code BEFORE INSERT OR UPDATE OF name}
   * @param action what follows the table's name, such as {@code FOR EACH ROW EXECUTE FUNCTION f()}
   */
  record Trigger(boolean constraint, String events, String action) implements CodeContent {}

  /**
   * A rewrite rule.
   *
   * @param event SELECT, INSERT, UPDATE or DELETE
   * @param action what follows the table's name, such as {@code DO INSTEAD NOTHING}
   */
  record Rule(String event, String action) implements CodeContent {}

  /**
   * An event trigger.
   *
   * @param function qualified and quoted, without parentheses
   */
  record EventTrigger(String event, List<String> tags, String function) implements CodeContent {
    public EventTrigger {
      tags = List.copyOf(tags);
    }
  }

  /** When a trigger or rule fires, where that is not the default. */
  enum FiringMode {
    /** As usual, where the trigger of the partitioned table does not. */
    ORIGIN,
    DISABLED,
    REPLICA,
    ALWAYS
  }

  /** That a trigger, rule or event trigger does not fire as usual. */
  record Firing(FiringMode mode) implements CodeContent {}

  /**
   * Extended statistics.
   *
   * @param kinds such as {@code dependencies}; none means all
   * @param expressions columns and expressions as the engine lists them
   * @param table what they are about
   * @param target null for the default
   */
  record Statistics(List<String> kinds, String expressions, FactId table, @Nullable Integer target)
      implements CodeContent {
    public Statistics {
      kinds = List.copyOf(kinds);
    }

    @Override
    public Set<FactId> references() {
      return Set.of(table);
    }
  }
}
