package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Observation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement, tried with the seeded rows and, where these are in its way, once more without.
 *
 * <p>Not thread-safe, but what it found may be read by the thread that waited for it.
 */
final class Attempt {
  private final Connection connection;
  private final boolean transactional;
  private final Seeds seeds;
  private final List<Observation.Notice> notices = new ArrayList<>();
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
      seeds.remove(connection);
      failure = null;
      notices.clear();
      emptied = once(action);
    }
  }

  private boolean once(Watch.Action action) throws SQLException {
    Savepoint savepoint = transactional ? connection.setSavepoint() : null;
    long start = System.nanoTime();
    try {
      for (SQLWarning each = action.run(); each != null; each = each.getNextWarning()) {
        notices.add(new Observation.Notice(state(each), String.valueOf(each.getMessage())));
      }
      if (savepoint != null) {
        connection.releaseSavepoint(savepoint);
      }
      return true;
    } catch (SQLException e) {
      failure = new Observation.Failure(state(e), String.valueOf(e.getMessage()));
      cause = e;
      if (savepoint != null) {
        connection.rollback(savepoint);
      }
      return false;
    } finally {
      took = Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** Whether the data, not the statement, is at fault. */
  private boolean isAboutRows() {
    String state = failure == null ? "" : failure.sqlState();
    return state.startsWith("22") || state.startsWith("23");
  }

  private static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null ? "" : state;
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

  List<Observation.Notice> notices() {
    return notices;
  }
}
