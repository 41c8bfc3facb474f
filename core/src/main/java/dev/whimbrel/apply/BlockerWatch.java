package dev.whimbrel.apply;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.error.WhimbrelException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who blocks the work session, asked on a connection of its own while a statement waits:
 * once the lock has timed out, nobody blocks any more.
 */
final class BlockerWatch implements AutoCloseable {
  private final Dialect dialect;
  private final DatabaseUrl url;
  private final Duration connectTimeout;
  private final long session;
  private final long delayMs;
  private @Nullable Thread thread;
  private boolean closed;
  private long busySince;
  private List<SessionInfo> last = List.of();

  BlockerWatch(Dialect dialect, DatabaseUrl url, Limits limits, long session) {
    this.dialect = dialect;
    this.url = url;
    this.connectTimeout = limits.connectTimeout();
    this.session = session;
    this.delayMs = limits.lockTimeout().toMillis() / 2;
  }

  /** A statement begins. */
  synchronized void begin() {
    last = List.of();
    busySince = System.nanoTime();
    if (thread == null && delayMs > 0 && session != 0) {
      Thread watching = new Thread(this::watch, "whimbrel-blockers");
      watching.setDaemon(true);
      thread = watching;
      watching.start();
    }
  }

  /** The statement is over. */
  synchronized void end() {
    busySince = 0;
  }

  /** Who was last seen in the way of the statement. */
  synchronized List<SessionInfo> blockers() {
    return last;
  }

  private void watch() {
    try {
      while (awaitLongStatement()) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | WhimbrelException e) {
      // Without a second connection nobody can be named; the run goes on.
      return;
    }
  }

  /** Sleeps until a statement has run for half of the lock timeout. */
  private synchronized boolean awaitLongStatement() throws InterruptedException {
    while (!closed) {
      long ran = busySince == 0 ? 0 : (System.nanoTime() - busySince) / 1_000_000;
      if (busySince != 0 && ran >= delayMs) {
        return true;
      }
      wait(Math.max(1, delayMs - ran));
    }
    return false;
  }

  private void look() throws SQLException, InterruptedException {
    try (Connection observer = dialect.connector().open(url, "whimbrel blockers", connectTimeout)) {
      while (isBusy()) {
        List<SessionInfo> found = dialect.sessions().blockers(observer, session);
        remember(found);
        synchronized (this) {
          wait(Math.max(20, delayMs / 5));
        }
      }
    }
  }

  private synchronized boolean isBusy() {
    return !closed && busySince != 0;
  }

  private synchronized void remember(List<SessionInfo> found) {
    if (!found.isEmpty()) {
      last = found;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }
}
