package dev.whimbrel.apply;

import java.sql.Connection;
import java.util.List;

/** What a run asks of its lock. */
public interface Hold {
  /** Where nobody else can be at work. */
  Hold NOT_NEEDED =
      new Hold() {
        @Override
        public boolean isFenced(Connection work) {
          return true;
        }
      };

  /**
   * Refuses to go on without the lock.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_LOCKED when it was lost
   */
  default void check() {}

  /** What each transaction runs just before its bookkeeping; fails once the lock is lost. */
  default List<String> fence() {
    return List.of();
  }

  /**
   * Whether the fence of a transaction tells all that {@link #check} would before it commits; asked
   * once.
   *
   * @param work the session whose transactions run the fence, in none now
   */
  default boolean isFenced(Connection work) {
    return false;
  }
}
