package dev.whimbrel;

import dev.whimbrel.dialect.Witness.Outcome;

/**
 * What a person says about a statement that ran outside a transaction when its run was cut off, and
 * of which neither the journal nor the catalog tells what became of it.
 */
public enum Decision {
  /** Nothing yet. */
  OPEN,
  /** It had its effect, as a whole. */
  DONE,
  /** It had none, or what it had was undone: it is to run again. */
  NOT_DONE;

  Outcome outcome() {
    return switch (this) {
      case OPEN -> Outcome.UNKNOWN;
      case DONE -> Outcome.DONE;
      case NOT_DONE -> Outcome.NOT_DONE;
    };
  }
}
