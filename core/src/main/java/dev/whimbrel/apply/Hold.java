package dev.whimbrel.apply;

import java.util.List;

/** What a run asks of its lock. */
public interface Hold {
  /** Where nobody else can be at work. */
  Hold NOT_NEEDED = new Hold() {};

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
}
