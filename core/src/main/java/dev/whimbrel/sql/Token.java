package dev.whimbrel.sql;

/**
 * A word, string, name or sign of SQL.
 *
 * @param kind what it is
 * @param text as written
 * @param offset 0-based index of its first {@code char} in the text it was read from
 */
public record Token(Kind kind, String text, int offset) {
  /** What a token is. */
  public enum Kind {
    /** A keyword or an unquoted name. */
    WORD,
    /** A quoted name. */
    NAME,
    /** A string with its quotes and prefix, a dollar quote included. */
    STRING,
    /** A number. */
    NUMBER,
    /** {@code $1}. */
    PARAMETER,
    /** A run of operator characters. */
    OPERATOR,
    /** A single other character. */
    SIGN,
    /** What ends a statement. */
    TERMINATOR,
    /** A comment line {@code -- +name}. */
    DIRECTIVE,
    /** A command of psql. */
    META,
    /** The end of the text. */
    END
  }
}
