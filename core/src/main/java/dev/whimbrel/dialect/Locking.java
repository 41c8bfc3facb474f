package dev.whimbrel.dialect;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How deployers exclude each other. */
public interface Locking {
  /**
   * Prepares to take the lock of a history, on a connection of its own.
   *
   * @param home the history's schema or prefix
   * @param run names this run to those who wait
   */
  DeployLock open(DatabaseUrl url, String home, String run, Duration connectTimeout);

  /** The lock of one history; it is gone with the process that held it. Not thread-safe. */
  interface DeployLock extends AutoCloseable {
    /** Tries once, without waiting. */
    boolean tryAcquire();

    /** Whether the lock is certainly still held. */
    boolean isHeld();

    /**
     * What a transaction runs just before it commits: it fails unless the lock is still held. Where
     * the lock is one that can be lost without its holder noticing, it also keeps others from
     * taking it until the commit. Empty where nothing can be asked on another connection.
     */
    default List<String> fence() {
      return List.of();
    }

    /**
     * Whether the fence tells on a connection all that {@link #isHeld} does.
     *
     * @param work in no transaction
     */
    default boolean isFenced(Connection work) {
      return false;
    }

    /** Who holds it; null when nobody does any more or it can't be told. */
    @Nullable SessionInfo holder();

    /** Gives it back; never fails. */
    @Override
    void close();
  }
}
