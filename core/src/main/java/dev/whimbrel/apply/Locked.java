package dev.whimbrel.apply;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.Locking.DeployLock;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Takes the lock by polling, and clears the field of sessions that dead runs left behind. */
public final class Locked implements Hold, AutoCloseable {
  private static final long SHORTEST_PAUSE_MS = 60;
  private static final long LONGEST_PAUSE_MS = 400;

  /** A crowd that waits must leave the holder the connections it needs. */
  private static final long OFTEN_MS = 1_000;

  private static final long SELDOM_MS = 1_000;
  private static final long REPORT_EVERY_MS = 10_000;

  private final DeployLock lock;

  private Locked(DeployLock lock) {
    this.lock = lock;
  }

  /**
   * Waits for the lock.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_LOCKED when another deployer held it too long
   */
  public static Locked take(
      Dialect dialect,
      DatabaseUrl url,
      String home,
      String run,
      Limits limits,
      Observer observer,
      Cancellation cancellation) {
    Wait wait = new Wait(limits.lockWait(), observer, cancellation);
    while (true) {
      DeployLock lock = dialect.locking().open(url, home, run, limits.connectTimeout());
      boolean taken = false;
      try {
        taken = wait.poll(lock);
        if (taken) {
          return new Locked(lock);
        }
      } finally {
        if (!taken) {
          lock.close();
        }
      }
      cancellation.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MS, SELDOM_MS));
    }
  }

  /** One who waits: at first often, then seldom, and with no connection in between. */
  private static final class Wait {
    private final long start = System.nanoTime();
    private final Duration limit;
    private final Observer observer;
    private final Cancellation cancellation;
    private long reported = -REPORT_EVERY_MS;

    Wait(Duration limit, Observer observer, Cancellation cancellation) {
      this.limit = limit;
      this.observer = observer;
      this.cancellation = cancellation;
    }

    /** Whether the lock was taken; false to try again on another connection. */
    boolean poll(DeployLock lock) {
      while (true) {
        cancellation.check();
        if (lock.tryAcquire()) {
          return true;
        }
        long waited = (System.nanoTime() - start) / 1_000_000;
        tell(lock.holder(), waited);
        if (waited > OFTEN_MS) {
          return false;
        }
        cancellation.sleep(
            ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
      }
    }

    private void tell(@Nullable SessionInfo holder, long waited) {
      if (waited >= limit.toMillis()) {
        throw tooLong(holder, waited);
      }
      boolean free = holder == null && waited <= OFTEN_MS;
      if (!free && waited - reported >= REPORT_EVERY_MS) {
        observer.waitingForLock(holder, Duration.ofMillis(waited));
        reported = waited;
      }
    }
  }

  private static RuntimeException tooLong(@Nullable SessionInfo holder, long waited) {
    return Problem.of(ErrorCode.E_LOCKED, holder == null ? "lock.unknown" : "lock.held")
        .with("holder", holder == null ? "" : describe(holder))
        .with("seconds", waited / 1000)
        .with("end", holder == null ? "" : holder.end())
        .toException();
  }

  /** A session in one line. */
  public static String describe(SessionInfo session) {
    StringBuilder text = new StringBuilder("process ").append(session.process());
    if (!session.application().isEmpty()) {
      text.append(" (").append(session.application()).append(')');
    }
    if (session.host() != null) {
      text.append(" from ").append(session.host());
    }
    if (session.since() != null) {
      text.append(", since ").append(session.since());
    }
    return text.toString();
  }

  /**
   * Ends, or waits for, sessions of earlier runs that still work: while the lock is ours, they are
   * nobody's.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_LOCKED when one neither ends nor may be ended
   */
  public void clearOrphans(
      Dialect dialect,
      Connection connection,
      String home,
      Limits limits,
      Observer observer,
      Cancellation cancellation)
      throws SQLException {
    Set<Long> seen = new HashSet<>();
    long start = System.nanoTime();
    List<SessionInfo> orphans = dialect.sessions().orphans(connection, home);
    while (!orphans.isEmpty()) {
      for (SessionInfo orphan : orphans) {
        boolean ended = dialect.sessions().end(connection, orphan);
        if (seen.add(orphan.process())) {
          observer.orphanFound(orphan, ended);
        }
      }
      if (System.nanoTime() - start > limits.lockWait().toNanos()) {
        throw Problem.of(ErrorCode.E_LOCKED, "lock.orphan")
            .with("holder", describe(orphans.get(0)))
            .with("end", orphans.get(0).end())
            .toException();
      }
      cancellation.sleep(SHORTEST_PAUSE_MS);
      orphans = dialect.sessions().orphans(connection, home);
    }
  }

  @Override
  public void check() {
    if (!lock.isHeld()) {
      throw Problem.of(ErrorCode.E_LOCKED, "lock.lost").toException();
    }
  }

  @Override
  public List<String> fence() {
    return lock.fence();
  }

  @Override
  public boolean isFenced(Connection work) {
    return lock.isFenced(work);
  }

  @Override
  public void close() {
    lock.close();
  }
}
