package dev.whimbrel.hazard;

import dev.whimbrel.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a real server did with one statement.
 *
 * <p>Relations are named by identifier; {@link #before} and {@link #after} know their names.
 *
 * @param revision the revision it belongs to
 * @param index 1-based within the revision
 * @param statement its text and leading words
 * @param transaction number of the transaction it ran in; 0 for one that ran outside
 * @param locks strongest new mode on each relation that existed before it
 * @param held strongest mode on each such relation, from earlier statements of the transaction too
 * @param rewrites relations that got another file, sequences apart
 * @param scans passes over tables, in tuples read
 * @param indexBuilds indexes that did not exist before
 * @param changedRows rows inserted, updated and deleted, by relation
 * @param triggers functions that ran because rows changed, or that the statement called
 * @param walBytes write-ahead log written
 * @param failure how the server refused it; null when it did not
 * @param onlyWithRows whether it failed as long as the tables had rows and went well without
 * @param took how long it ran here
 * @param before the catalog before it
 * @param after the catalog after it
 * @param origin the catalog before everything that would be deployed at once
 * @param settings {@code lock_timeout} and {@code statement_timeout} in milliseconds while it ran,
 *     and others by name
 */
public record Observation(
    String revision,
    int index,
    Statement statement,
    int transaction,
    Map<Long, LockMode> locks,
    Map<Long, LockMode> held,
    List<Long> rewrites,
    Map<Long, Scan> scans,
    List<Long> indexBuilds,
    Map<Long, Long> changedRows,
    List<String> triggers,
    long walBytes,
    @Nullable Failure failure,
    boolean onlyWithRows,
    Duration took,
    Catalog before,
    Catalog after,
    Catalog origin,
    Map<String, String> settings) {

  public Observation {
    locks = Map.copyOf(locks);
    held = Map.copyOf(held);
    rewrites = List.copyOf(rewrites);
    scans = Map.copyOf(scans);
    indexBuilds = List.copyOf(indexBuilds);
    changedRows = Map.copyOf(changedRows);
    triggers = List.copyOf(triggers);
    settings = Map.copyOf(settings);
  }

  /**
   * Passes over a table.
   *
   * @param passes sequential scans that were started
   * @param tuples rows they returned
   * @param rows rows the table had before the statement, 0 where it was empty
   */
  public record Scan(long passes, long tuples, long rows) {}

  /** How the server refused a statement. */
  public record Failure(String sqlState, String message) {}

  /** Whether the server made this constraint again because a column of it has another type. */
  public boolean isRemade(Catalog.Constraint constraint) {
    return Delta.of(this).isRemade(constraint);
  }

  /** Whether it ran in a transaction. */
  public boolean transactional() {
    return transaction != 0;
  }

  /** A relation as it was before, or as it is after if it is new; null if it is neither. */
  public Catalog.@Nullable Relation relation(long oid) {
    Catalog.Relation found = before.relations().get(oid);
    return found == null ? after.relations().get(oid) : found;
  }

  /** A relation's qualified name, as it was before if it existed. */
  public String name(long oid) {
    Catalog.Relation found = relation(oid);
    return found == null ? Long.toString(oid) : found.qualified();
  }

  /** Whether the relation existed before everything that would be deployed at once. */
  public boolean existing(long relation) {
    return origin.relations().containsKey(relation);
  }

  /** Whether the statement begins with these words, given in lower case. */
  public boolean says(String... words) {
    return statement.startsWith(words);
  }

  /** Whether one of the leading words is this one, given in lower case. */
  public boolean mentions(String word) {
    return statement.words().contains(word);
  }
}
