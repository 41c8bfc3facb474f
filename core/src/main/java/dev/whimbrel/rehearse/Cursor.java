package dev.whimbrel.rehearse;

import dev.whimbrel.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the tokens of a statement from left to right; not thread-safe. */
final class Cursor {
  private final String text;
  private final List<Token> tokens;
  private final int end;
  private int at;

  Cursor(String text, List<Token> tokens) {
    this(text, tokens, 0, tokens.size());
  }

  private Cursor(String text, List<Token> tokens, int from, int end) {
    this.text = text;
    this.tokens = tokens;
    this.at = from;
    this.end = end;
  }

  /**
   * A name as it is written.
   *
   * @param schema null where it is left to the search path
   */
  record Name(@Nullable String schema, String name) {}

  boolean done() {
    return at >= end;
  }

  /** Whether these words or signs are next, given in lower case. */
  boolean ahead(String... words) {
    if (at + words.length > end) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      Token token = tokens.get(at + i);
      if (token.kind() == Token.Kind.NAME
          || !token.text().toLowerCase(Locale.ROOT).equals(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Goes past these words where they are next. */
  boolean take(String... words) {
    boolean found = ahead(words);
    at += found ? words.length : 0;
    return found;
  }

  /** Whether the word stands in the rest, outside parentheses. */
  boolean later(String... words) {
    int start = at;
    int depth = 0;
    boolean found = false;
    while (!done() && !found) {
      depth += ahead("(") ? 1 : ahead(")") ? -1 : 0;
      found = depth == 0 && ahead(words);
      at++;
    }
    at = start;
    return found;
  }

  /** One identifier; empty where none is next. */
  String word() {
    if (done()) {
      return "";
    }
    Token token = tokens.get(at);
    return switch (token.kind()) {
      case WORD -> {
        at++;
        yield token.text().toLowerCase(Locale.ROOT);
      }
      case NAME -> {
        at++;
        String inner = token.text().substring(1, token.text().length() - 1);
        yield inner.replace("\"\"", "\"");
      }
      case STRING, NUMBER, PARAMETER, OPERATOR, SIGN, TERMINATOR, DIRECTIVE, META, END -> "";
    };
  }

  /** A name with or without its schema. */
  Name name() {
    String first = word();
    return take(".") ? new Name(first, word()) : new Name(null, first);
  }

  /** Names separated by commas. */
  List<Name> names() {
    List<Name> names = new ArrayList<>();
    do {
      take("only");
      names.add(name());
      take("*");
    } while (take(","));
    return names;
  }

  /** What stands in the parentheses that are next; empty where there are none. */
  String group() {
    if (!ahead("(")) {
      return "";
    }
    int from = tokens.get(at).offset() + 1;
    int depth = 0;
    do {
      depth += ahead("(") ? 1 : ahead(")") ? -1 : 0;
      at++;
    } while (depth > 0 && !done());
    return text.substring(from, tokens.get(at - 1).offset()).strip();
  }

  /** The text up to one of the words, or to the end; parentheses are passed over. */
  String until(String... stops) {
    int from = at;
    while (!done() && !stopsAt(stops)) {
      if (ahead("(")) {
        group();
      } else {
        at++;
      }
    }
    return from == at ? "" : between(from, at);
  }

  private boolean stopsAt(String... stops) {
    for (String stop : stops) {
      if (ahead(stop)) {
        return true;
      }
    }
    return false;
  }

  private String between(int from, int to) {
    Token last = tokens.get(to - 1);
    return text.substring(tokens.get(from).offset(), last.offset() + last.text().length());
  }

  /** The parts of the rest, cut at commas outside parentheses. */
  List<Cursor> parts() {
    List<Cursor> parts = new ArrayList<>();
    while (!done()) {
      int from = at;
      until(",", ";");
      parts.add(new Cursor(text, tokens, from, at));
      if (!take(",")) {
        at = end;
      }
    }
    return parts;
  }
}
