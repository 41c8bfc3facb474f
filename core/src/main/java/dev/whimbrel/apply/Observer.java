package dev.whimbrel.apply;

import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told what happens during a run, on the thread that runs it. */
public interface Observer {
  /** A revision begins; {@code number} counts from 1. */
  default void revisionStarted(PlanStep step, int number, int of) {}

  /** A revision and its row are committed. */
  default void revisionFinished(Applied applied, int number, int of) {}

  /** A statement is about to be sent. */
  default void statementStarted(PlanStep revision, Step step, boolean transactional) {}

  /**
   * Runs a statement; who overrides this watches it, and must let its failure through.
   *
   * @param connection the session the statement runs on
   */
  default void run(
      PlanStep revision, Step step, boolean transactional, Connection connection, Sending sending)
      throws SQLException {
    sending.send();
  }

  /** Sends a statement to the server. */
  @FunctionalInterface
  interface Sending {
    void send() throws SQLException;
  }

  /** A statement is done, and may still be rolled back. */
  default void statementFinished(PlanStep revision, Step step, Duration took) {}

  /** An interrupted revision goes on at a statement. */
  default void resuming(PlanStep revision, int statement, String what) {}

  /** Another deployer holds the lock. */
  default void waitingForLock(@Nullable SessionInfo holder, Duration waited) {}

  /** A session of an earlier run is still at work. */
  default void orphanFound(SessionInfo orphan, boolean ended) {}

  /** A batch was rolled back and is tried again. */
  default void retrying(
      PlanStep revision, int attempt, Duration pause, String reason, List<SessionInfo> blockers) {}

  /**
   * What became of a revision.
   *
   * @param ms from its first attempt to its commit
   */
  record Applied(PlanStep step, long ms, int statements, int retries) {}
}
