package dev.whimbrel.apply;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets another thread, or a deadline, end a run; thread-safe. */
public final class Cancellation implements AutoCloseable {
  private final Duration deadline;
  private @Nullable Statement running;
  private @Nullable Thread waiting;
  private @Nullable Thread timer;
  private @Nullable String reason;

  /** A cancellation with a deadline from now; zero is none. */
  public Cancellation(Duration deadline) {
    this.deadline = deadline;
    if (!deadline.isZero()) {
      Thread thread = new Thread(this::expire, "whimbrel-deadline");
      thread.setDaemon(true);
      timer = thread;
      thread.start();
    }
  }

  private void expire() {
    try {
      Thread.sleep(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    cancel("the deadline of " + deadline.toSeconds() + " s has passed");
  }

  /** Ends the run: its statement is cancelled, or it stops before the next. */
  public void cancel(String why) {
    Statement statement;
    synchronized (this) {
      if (reason == null) {
        reason = why;
      }
      statement = running;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // The run stops before its next statement instead.
        return;
      }
    }
  }

  /** Why the run is to end; null while it may go on. */
  public synchronized @Nullable String reason() {
    return reason;
  }

  /**
   * Refuses to go on once cancelled.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_CANCELLED
   */
  public void check() {
    String why = reason();
    if (why != null) {
      throw Problem.of(ErrorCode.E_CANCELLED, "apply.cancelled").with("reason", why).toException();
    }
  }

  /** Says which statement is to be cancelled from now on; null for none. */
  synchronized void running(@Nullable Statement statement) {
    running = statement;
  }

  /** Sleeps, unless and until it is cancelled. */
  public void sleep(long ms) {
    check();
    synchronized (this) {
      waiting = Thread.currentThread();
    }
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      if (reason() == null) {
        cancel("the thread was interrupted");
        Thread.currentThread().interrupt();
      }
    } finally {
      synchronized (this) {
        waiting = null;
      }
    }
    check();
  }

  /** Ends the deadline. */
  @Override
  public void close() {
    if (timer != null) {
      timer.interrupt();
    }
  }
}
