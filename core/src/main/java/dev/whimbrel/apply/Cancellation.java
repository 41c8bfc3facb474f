package dev.whimbrel.apply;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets another thread, or a deadline, end a run; thread-safe. */
public final class Cancellation implements AutoCloseable {
  private static final long INSIST_MS = 100;

  private final Duration deadline;
  private @Nullable Interruptible running;
  private @Nullable Thread waiting;
  private @Nullable Thread timer;
  private @Nullable String reason;

  /** What can be cancelled on the server. */
  @FunctionalInterface
  interface Interruptible {
    void cancel() throws SQLException;
  }

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
    Interruptible first;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      first = running;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
    if (first != null) {
      Thread thread = new Thread(() -> insist(first), "whimbrel-cancel");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** A statement may be cancelled a moment before the server has it, so it is told again. */
  private void insist(Interruptible statement) {
    try {
      while (isRunning(statement)) {
        statement.cancel();
        Thread.sleep(INSIST_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      // The run stops before its next statement instead.
      return;
    }
  }

  private synchronized boolean isRunning(Interruptible statement) {
    return statement.equals(running);
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
  synchronized void running(@Nullable Interruptible statement) {
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
