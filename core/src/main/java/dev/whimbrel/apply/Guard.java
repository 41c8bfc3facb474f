package dev.whimbrel.apply;

import java.sql.Connection;
import java.util.List;

/** Sees to it that nothing is committed without the lock; not thread-safe. */
final class Guard {
  /** A session that is not heard of for long may be cut off on the way, and the lock with it. */
  private static final long SELDOM_NS = 1_000_000_000;

  private final Hold hold;
  private final boolean fenced;
  private long asked = System.nanoTime();

  /**
   * @param work the session that commits, in no transaction now
   */
  Guard(Hold hold, Connection work) {
    this.hold = hold;
    this.fenced = hold.isFenced(work);
  }

  /**
   * Asks for the lock where the transaction's fence does not tell, else now and then.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_LOCKED when it was lost
   */
  void beforeCommit() {
    if (!fenced || System.nanoTime() - asked > SELDOM_NS) {
      check();
    }
  }

  /**
   * Asks for the lock.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_LOCKED when it was lost
   */
  void check() {
    hold.check();
    asked = System.nanoTime();
  }

  /** What a transaction runs just before its bookkeeping. */
  List<String> fence() {
    return hold.fence();
  }
}
