package dev.whimbrel.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an engine keeps the history: names, types and the few expressions that differ.
 *
 * <p>{@code home} is the configured schema, or the prefix of the tables' names where an engine has
 * no schemas.
 */
public interface HistoryLayout {
  /** The version of the tables that this program writes. */
  int VERSION = 1;

  /** The name of one of the tables as it stands in SQL, quoted where needed. */
  String table(String home, String name);

  /** The statements that make the tables of {@link #VERSION}; they run in one transaction. */
  List<String> create(String home);

  /** The statements that lead from a version to the next; they run in one transaction. */
  List<String> upgrade(String home, int from);

  /** An expression: a time column as ISO-8601 text in UTC. */
  String isoTime(String column);

  /** An expression: who is logged in. */
  String currentUser();

  /** An expression: milliseconds since the transaction began. */
  String elapsed();

  /**
   * An expression: a hash of everything in the rows of the revisions that counts for the gate; null
   * where the engine can't compute one.
   */
  @Nullable String digest(String table);

  /** A text as a literal of SQL. */
  String literal(String text);
}
