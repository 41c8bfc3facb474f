package dev.whimbrel.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a Python module into tokens, as far as literals need it; not thread-safe. */
final class PythonTokens {
  private static final Set<String> PREFIXES =
      Set.of("r", "u", "b", "f", "br", "rb", "fr", "rf", "t", "tr", "rt");

  /** What a token is. */
  enum Kind {
    NAME,
    TEXT,
    /** A string whose value is computed, or bytes. */
    COMPUTED,
    OTHER,
    LINE_END
  }

  /**
   * A token.
   *
   * @param text the value of a string, else as written
   * @param line 1-based
   * @param column 0-based
   */
  record Token(Kind kind, String text, int line, int column) {
    boolean is(String sign) {
      return kind == Kind.OTHER && text.equals(sign);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private int lineStart;
  private int depth;

  private PythonTokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    PythonTokens reader = new PythonTokens(text.replace("\r\n", "\n").replace('\r', '\n'));
    while (reader.position < reader.text.length()) {
      reader.next();
    }
    reader.add(Kind.LINE_END, "", reader.position);
    return reader.tokens;
  }

  private void next() {
    char c = text.charAt(position);
    if (c == '\n') {
      if (depth == 0) {
        add(Kind.LINE_END, "", position);
      }
      newLine(position);
      position++;
    } else if (c == '\\' && position + 1 < text.length() && text.charAt(position + 1) == '\n') {
      newLine(position + 1);
      position += 2;
    } else if (c == '#') {
      int end = text.indexOf('\n', position);
      position = end < 0 ? text.length() : end;
    } else if (Character.isWhitespace(c)) {
      position++;
    } else if (c == '"' || c == '\'') {
      string("");
    } else if (Character.isJavaIdentifierPart(c)) {
      word();
    } else {
      sign(c);
    }
  }

  private void newLine(int at) {
    line++;
    lineStart = at + 1;
  }

  private void sign(char c) {
    if ("([{".indexOf(c) >= 0) {
      depth++;
    } else if (")]}".indexOf(c) >= 0) {
      depth = Math.max(0, depth - 1);
    }
    boolean twice = c == '=' && text.startsWith("==", position);
    boolean ends = c == ';' && depth == 0;
    add(ends ? Kind.LINE_END : Kind.OTHER, twice ? "==" : String.valueOf(c), position);
    position += twice ? 2 : 1;
  }

  private void word() {
    int start = position;
    while (position < text.length() && Character.isJavaIdentifierPart(text.charAt(position))) {
      position++;
    }
    String word = text.substring(start, position);
    boolean quoted =
        position < text.length() && (text.charAt(position) == '"' || text.charAt(position) == '\'');
    if (quoted && PREFIXES.contains(word.toLowerCase(Locale.ROOT))) {
      string(word.toLowerCase(Locale.ROOT));
    } else {
      add(Kind.NAME, word, start);
    }
  }

  private void string(String prefix) {
    int start = position;
    int startLine = line;
    int column = start - lineStart - prefix.length();
    char quote = text.charAt(position);
    String three = String.valueOf(quote).repeat(3);
    String end = text.startsWith(three, position) ? three : String.valueOf(quote);
    position += end.length();
    boolean raw = prefix.contains("r");
    StringBuilder value = new StringBuilder();
    while (position < text.length() && !text.startsWith(end, position)) {
      char c = text.charAt(position);
      if (c == '\n') {
        newLine(position);
      }
      if (c == '\\' && position + 1 < text.length()) {
        escape(raw, value);
      } else {
        value.append(c);
        position++;
      }
    }
    position = Math.min(text.length(), position + end.length());
    boolean computed =
        prefix.contains("b")
            || ((prefix.contains("f") || prefix.contains("t")) && value.indexOf("{") >= 0);
    tokens.add(
        new Token(computed ? Kind.COMPUTED : Kind.TEXT, value.toString(), startLine, column));
  }

  private void escape(boolean raw, StringBuilder value) {
    char c = text.charAt(position + 1);
    if (c == '\n') {
      newLine(position + 1);
    }
    position += 2;
    if (raw) {
      value.append('\\').append(c);
      return;
    }
    switch (c) {
      case '\n' -> {}
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case '\\', '\'', '"' -> value.append(c);
      case 'x' -> code(2, value);
      case 'u' -> code(4, value);
      case 'U' -> code(8, value);
      default -> value.append('\\').append(c);
    }
  }

  private void code(int digits, StringBuilder value) {
    int end = Math.min(text.length(), position + digits);
    try {
      value.appendCodePoint(Integer.parseInt(text.substring(position, end), 16));
      position = end;
    } catch (IllegalArgumentException e) {
      value.append('\\');
    }
  }

  private void add(Kind kind, String value, int at) {
    tokens.add(new Token(kind, value, line, at - lineStart));
  }
}
