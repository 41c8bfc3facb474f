package dev.whimbrel.sql;

import java.util.List;
import java.util.Set;

/** Which statements of an engine contain semicolons that do not end them. */
public enum Bodies {
  /** PostgreSQL: {@code CREATE FUNCTION … BEGIN ATOMIC … END}. */
  ATOMIC {
    @Override
    Body of(List<String> words) {
      return createsOneOf(words, ROUTINES) ? new Nesting() : Body.NONE;
    }
  },
  /** SQLite: {@code CREATE TRIGGER … BEGIN …; END}. */
  TRIGGER {
    @Override
    Body of(List<String> words) {
      return createsOneOf(words, TRIGGERS) ? new UntilEnd() : Body.NONE;
    }
  },
  /** MySQL and MariaDB: {@code BEGIN … END} in routines, triggers and events. */
  COMPOUND {
    @Override
    Body of(List<String> words) {
      return createsOneOf(words, COMPOUNDS) ? new Nesting() : Body.NONE;
    }
  };

  private static final Set<String> ROUTINES = Set.of("function", "procedure");
  private static final Set<String> TRIGGERS = Set.of("trigger");
  private static final Set<String> COMPOUNDS = Set.of("function", "procedure", "trigger", "event");
  private static final int MOST_WORDS_BEFORE_KIND = 10;

  /** The rule for a statement whose first words, in lower case, are known. */
  abstract Body of(List<String> words);

  /** Whether the words so far can decide which rule holds. */
  static boolean mayStillCreate(List<String> words) {
    return !words.isEmpty()
        && words.get(0).equals("create")
        && words.size() <= MOST_WORDS_BEFORE_KIND;
  }

  private static boolean createsOneOf(List<String> words, Set<String> kinds) {
    return mayStillCreate(words) && kinds.contains(words.get(words.size() - 1));
  }

  /** Follows the words of one statement; says whether a semicolon would be inside it. */
  abstract static class Body {
    static final Body NONE =
        new Body() {
          @Override
          void word(String word) {}

          @Override
          void semicolon() {}

          @Override
          boolean open() {
            return false;
          }

          @Override
          boolean decided() {
            return false;
          }
        };

    abstract void word(String word);

    /** A semicolon that did not end the statement. */
    abstract void semicolon();

    abstract boolean open();

    /** Whether the statement was found to be one with a body. */
    boolean decided() {
      return true;
    }
  }

  /** Counts {@code BEGIN} and {@code CASE} against {@code END}; {@code END IF} ends no block. */
  private static final class Nesting extends Body {
    private static final Set<String> UNCOUNTED = Set.of("if", "loop", "while", "repeat", "for");
    private int depth;
    private boolean afterEnd;

    @Override
    void word(String word) {
      boolean opens = word.equals("begin") || (depth > 0 && word.equals("case"));
      if (word.equals("end")) {
        depth = Math.max(0, depth - 1);
      } else if (afterEnd ? UNCOUNTED.contains(word) : opens) {
        depth++;
      }
      afterEnd = word.equals("end");
    }

    @Override
    void semicolon() {
      afterEnd = false;
    }

    @Override
    boolean open() {
      return depth > 0;
    }
  }

  /** Ends at the first {@code ; END ;}, as SQLite's own shell decides. */
  private static final class UntilEnd extends Body {
    private boolean afterSemicolon;
    private boolean ended;

    @Override
    void word(String word) {
      ended = afterSemicolon && word.equals("end");
      afterSemicolon = false;
    }

    @Override
    void semicolon() {
      afterSemicolon = true;
      ended = false;
    }

    @Override
    boolean open() {
      return !ended;
    }
  }
}
