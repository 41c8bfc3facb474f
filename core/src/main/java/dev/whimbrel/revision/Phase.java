package dev.whimbrel.revision;

/** Which side of a deployment a revision belongs to. */
public enum Phase {
  /** Runs before the new code: old code goes on working with its result. */
  EXPAND,
  /** Runs after the old code is gone: old code may not work with its result. */
  CONTRACT
}
