package dev.whimbrel;

/** What the gate finds when it compares a database with the revision files. */
public enum State {
  /** No history and no user objects. */
  EMPTY(0),
  /** The history equals the heads of the files. */
  IN_SYNC(0),
  /** The files have revisions the database lacks. */
  PENDING(0),
  /** An earlier run was cut off within a revision. */
  INTERRUPTED(0),
  /** The database has descendants of the files' head. */
  AHEAD(0),
  /** User objects and no history. */
  UNTRACKED(6),
  /** An applied revision is unknown here and no descendant, or its SQL differs. */
  DIVERGED(5),
  /** The files have several heads. */
  MULTIPLE_HEADS(4),
  /** The live schema is not what the last run left. */
  DRIFTED(0);

  private final int exit;

  State(int exit) {
    this.exit = exit;
  }

  /**
   * The exit code of {@code deploy} in this state, 0 where it goes on; {@link Options#strict()} and
   * contracting revisions make it stricter.
   */
  public int exit() {
    return exit;
  }
}
