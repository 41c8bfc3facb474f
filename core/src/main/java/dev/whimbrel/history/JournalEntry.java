package dev.whimbrel.history;

import java.util.Locale;

/**
 * A line of the journal.
 *
 * @param statement 1-based; 0 where the whole revision, or the run, is meant
 * @param detail what belongs to the event; possibly empty
 */
public record JournalEntry(String run, Event event, String revision, int statement, String detail) {

  /** What can happen. */
  public enum Event {
    /** A revision that does not fit in one transaction begins. */
    BEGIN,
    /** The same, downwards. */
    BEGIN_DOWN,
    /**
     * A statement outside a transaction is about to be sent; the detail is what was seen before.
     */
    STATEMENT_BEGIN,
    /** Statements up to and including this one are done; the detail is their checksum. */
    STATEMENT_DONE,
    /** A revision is applied, its row is written in the same transaction. */
    UPGRADED,
    /** A revision is taken back, its row is deleted in the same transaction. */
    DOWNGRADED,
    /** A person decided: nothing of what was begun is to be resumed. */
    ABANDONED,
    /** The history was set without running anything. */
    STAMPED,
    /** A run ended with an error; the detail is its code. */
    FAILED,
    /** A run was cancelled. */
    INTERRUPTED;

    /** How it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Event of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
