package dev.whimbrel.sql;

/**
 * The lexical rules of an engine: what is a string, a comment, a name, and where a statement ends.
 *
 * @param dollarQuotes {@code $tag$ … $tag$} is a string
 * @param nestedComments block comments nest
 * @param backslashEscapes a backslash in a plain string escapes the next character
 * @param stringPrefixes letters, in lower case, that may stand directly before a quote; with {@code
 *     e} backslashes escape; {@code u} needs an ampersand
 * @param doubleQuotedStrings double quotes make a string, not a name
 * @param backticks backticks quote names
 * @param brackets square brackets quote names
 * @param hashComments {@code #} starts a comment
 * @param dashesNeedSpace {@code --} starts a comment only before white space or the end
 * @param executableComments the text in {@code /*! … *}{@code /} is SQL
 * @param delimiterCommand a line {@code DELIMITER x} changes the terminator
 * @param copyData rows follow {@code COPY … FROM stdin}
 * @param metaCommands a backslash at the start of a line is a command of psql
 * @param bodies which statements contain semicolons of their own
 */
public record Lexis(
    boolean dollarQuotes,
    boolean nestedComments,
    boolean backslashEscapes,
    String stringPrefixes,
    boolean doubleQuotedStrings,
    boolean backticks,
    boolean brackets,
    boolean hashComments,
    boolean dashesNeedSpace,
    boolean executableComments,
    boolean delimiterCommand,
    boolean copyData,
    boolean metaCommands,
    Bodies bodies) {

  /** PostgreSQL with {@code standard_conforming_strings} on, its default since 9.1. */
  public static Lexis postgresql() {
    return new Lexis(
        true,
        true,
        false,
        "eubxn",
        false,
        false,
        false,
        false,
        false,
        false,
        false,
        true,
        true,
        Bodies.ATOMIC);
  }

  /** SQLite 3. */
  public static Lexis sqlite() {
    return new Lexis(
        false,
        false,
        false,
        "x",
        false,
        true,
        true,
        false,
        false,
        false,
        false,
        false,
        false,
        Bodies.TRIGGER);
  }

  /** MySQL and MariaDB with their default SQL mode. */
  public static Lexis mysql() {
    return new Lexis(
        false,
        false,
        true,
        "bxn",
        true,
        true,
        false,
        true,
        true,
        true,
        true,
        false,
        false,
        Bodies.COMPOUND);
  }

  /** These rules with another meaning of backslashes in plain strings. */
  public Lexis withBackslashEscapes(boolean escapes) {
    return new Lexis(
        dollarQuotes,
        nestedComments,
        escapes,
        stringPrefixes,
        doubleQuotedStrings,
        backticks,
        brackets,
        hashComments,
        dashesNeedSpace,
        executableComments,
        delimiterCommand,
        copyData,
        metaCommands,
        bodies);
  }
}
