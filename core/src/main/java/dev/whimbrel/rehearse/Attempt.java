package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Observation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
  private Observation.@Nullable Failure failure;
  private @Nullable SQLException cause;
  private boolean emptied;
  private Duration took = Duration.ZERO;

  Attempt(Connection connection, boolean transactional, Seeds seeds) {
    this.connection = connection;
    this.transactional = transactional;
    this.seeds = seeds;
  }

  void run(Watch.Action action) throws SQLException {
    if (!once(action) && seeds.any() && isAboutRows()) {
      seeds.remove(connection, transactional);
      failure = null;
      cause = null;
      emptied = once(action);
    }
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

  boolean emptied() {
    return emptied;
  }

  Duration took() {
    return took;
  }

  Seeds seeds() {
    return seeds;
  }
}
