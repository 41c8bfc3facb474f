package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Observation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One statement, tried with the seeded rows and, where these are in its way, once more without.
 *
 * <p>Not thread-safe.
 */
final class Attempt {
  private final Connection connection;
  private final boolean transactional;
  private final Seeds seeds;
  private Moment start;
  private Observation.@Nullable Failure failure;
  private @Nullable SQLException cause;
  private final Set<Long> emptied = new LinkedHashSet<>();
  private Duration took = Duration.ZERO;

  Attempt(Connection connection, boolean transactional, Seeds seeds) throws SQLException {
    this.connection = connection;
    this.transactional = transactional;
    this.seeds = seeds;
    this.start = Moment.of(connection);
  }

  /** Tries with all rows, then without those of the tables that are named, then without any. */
  void run(String sql, Watch.Action action) throws SQLException {
    if (once(action) || !seeds.any() || !isAboutRows()) {
      return;
    }
    String text = sql + ' ' + (failure == null ? "" : failure.message());
    if (!without(name -> isNamed(name, text), action) && isAboutRows()) {
      without(name -> true, action);
    }
  }

  private boolean without(Predicate<String> tables, Watch.Action action) throws SQLException {
    Set<Long> gone = seeds.remove(connection, transactional, tables);
    if (gone.isEmpty()) {
      return false;
    }
    emptied.addAll(gone);
    failure = null;
    cause = null;
    start = Moment.of(connection);
    return once(action);
  }

  private static boolean isNamed(String qualified, String text) {
    String name = qualified.substring(qualified.lastIndexOf('.') + 1).replace("\"", "");
    return Pattern.compile("(?i)(?<!\\w)" + Pattern.quote(name) + "(?!\\w)").matcher(text).find();
  }

  private boolean once(Watch.Action action) throws SQLException {
    if (transactional) {
      execute("savepoint whimbrel_watch");
    }
    long start = System.nanoTime();
    try {
      action.run();
      if (transactional) {
        execute("release savepoint whimbrel_watch");
      }
      return true;
    } catch (SQLException e) {
      String state = e.getSQLState();
      failure = new Observation.Failure(state == null ? "" : state, String.valueOf(e.getMessage()));
      cause = e;
      if (transactional) {
        execute("rollback to savepoint whimbrel_watch");
      }
      return false;
    } finally {
      took = Duration.ofNanos(System.nanoTime() - start);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whether the data, not the statement, is at fault. */
  private boolean isAboutRows() {
    String state = failure == null ? "" : failure.sqlState();
    return state.startsWith("22") || state.startsWith("23");
  }

  Observation.@Nullable Failure failure() {
    return failure;
  }

  @Nullable SQLException cause() {
    return cause;
  }

  /** Whether it went well only without rows. */
  boolean emptied() {
    return !emptied.isEmpty() && failure == null;
  }

  /** Tables that lost their rows for it. */
  Set<Long> emptiedTables() {
    return emptied;
  }

  /** What the session held and had counted right before the try that counts. */
  Moment start() {
    return start;
  }

  Duration took() {
    return took;
  }

  Seeds seeds() {
    return seeds;
  }
}
