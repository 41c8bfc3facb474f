package dev.whimbrel.sql;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Token.Kind;

/** Finds one token after the other; after {@link #next} its bounds are start and end. */
final class Lexer {
  private static final String OPERATORS = "+-*/<>=~!@#%^&|?:";

  private final String file;
  private final String text;
  private final int limit;
  private Lexis lexis;
  private String terminator = ";";
  private boolean inExecutableComment;
  private boolean atLineStart = true;
  private int position;
  private int start;

  Lexer(Lexis lexis, String file, String text, int from, int limit) {
    this.lexis = lexis;
    this.file = file;
    this.text = text;
    this.position = from;
    this.start = from;
    this.limit = limit;
  }

  int start() {
    return start;
  }

  int end() {
    return position;
  }

  String tokenText() {
    return text.substring(start, position);
  }

  Lexis lexis() {
    return lexis;
  }

  void lexis(Lexis newLexis) {
    lexis = newLexis;
  }

  void terminator(String newTerminator) {
    terminator = newTerminator;
  }

  /** Goes on reading at the start of a line. */
  void continueAtLine(int offset) {
    position = offset;
    atLineStart = true;
  }

  /** The end of the line, before its line end, on which the offset is. */
  int lineEnd(int offset) {
    int newline = text.indexOf('\n', offset, limit);
    int end = newline < 0 ? limit : newline;
    return end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** The start of the line after the one on which the offset is. */
  int nextLine(int offset) {
    int newline = text.indexOf('\n', offset, limit);
    return newline < 0 ? limit : newline + 1;
  }

  Kind next() {
    boolean directive = skipBlanks();
    start = position;
    if (directive) {
      position = lineEnd(position);
      return Kind.DIRECTIVE;
    }
    if (position >= limit) {
      return Kind.END;
    }
    boolean lineStart = atLineStart;
    atLineStart = false;
    return token(text.charAt(position), lineStart);
  }

  private Kind token(char c, boolean lineStart) {
    if (c == terminator.charAt(0) && !inExecutableComment && isAhead(terminator)) {
      position += terminator.length();
      return Kind.TERMINATOR;
    }
    if (isWordStart(c)) {
      return word(c);
    }
    if (c >= '0' && c <= '9') {
      skipWord();
      return Kind.NUMBER;
    }
    return switch (c) {
      case '\'' -> quoted(Kind.STRING, '\'', position, lexis.backslashEscapes());
      case '"' ->
          lexis.doubleQuotedStrings()
              ? quoted(Kind.STRING, '"', position, lexis.backslashEscapes())
              : quoted(Kind.NAME, '"', position, false);
      case '`' -> lexis.backticks() ? quoted(Kind.NAME, '`', position, false) : sign();
      case '[' -> lexis.brackets() ? quoted(Kind.NAME, ']', position, false) : sign();
      case '$' -> dollar();
      case '\\' -> lineStart && lexis.metaCommands() ? meta() : sign();
      default -> OPERATORS.indexOf(c) >= 0 ? operator() : sign();
    };
  }

  /** Skips white space and comments; true if a directive is next. */
  private boolean skipBlanks() {
    while (position < limit) {
      char c = text.charAt(position);
      if (c == '\n') {
        atLineStart = true;
        position++;
      } else if (c <= ' ' || c == '\u00a0' || c == '\ufeff') {
        position++;
      } else if (c == '-' && isDashComment(position)) {
        if (atLineStart && isDirective(position)) {
          return true;
        }
        position = lineEnd(position);
      } else if (c == '#' && lexis.hashComments()) {
        position = lineEnd(position);
      } else if (c == '/' && isBlockComment(position)) {
        skipBlockComment();
        atLineStart = false;
      } else {
        return false;
      }
    }
    return false;
  }

  private boolean isDashComment(int at) {
    if (charAt(at + 1) != '-') {
      return false;
    }
    return !lexis.dashesNeedSpace() || at + 2 >= limit || text.charAt(at + 2) <= ' ';
  }

  private boolean isDirective(int at) {
    int plus = at + 2;
    while (charAt(plus) == ' ' || charAt(plus) == '\t') {
      plus++;
    }
    return charAt(plus) == '+' && isAsciiLetter(charAt(plus + 1));
  }

  private boolean isBlockComment(int at) {
    return charAt(at + 1) == '*' && executableCommentLength(at) == 0;
  }

  /** The length of what opens an executable comment at the offset, 0 if there is none. */
  private int executableCommentLength(int at) {
    if (!lexis.executableComments() || charAt(at + 1) != '*') {
      return 0;
    }
    int bang = charAt(at + 2) == 'M' ? at + 3 : at + 2;
    if (charAt(bang) != '!') {
      return 0;
    }
    int end = bang + 1;
    while (charAt(end) >= '0' && charAt(end) <= '9') {
      end++;
    }
    return end - at;
  }

  private void skipBlockComment() {
    int from = position;
    int depth = 1;
    int at = from + 2;
    while (depth > 0) {
      int close = text.indexOf("*/", at, limit);
      if (close < 0) {
        throw unterminated("sql.unterminated-comment", from);
      }
      int open = lexis.nestedComments() ? text.indexOf("/*", at, close + 1) : -1;
      depth += open >= 0 ? 1 : -1;
      at = (open >= 0 ? open : close) + 2;
    }
    position = at;
  }

  private Kind word(char first) {
    int from = position;
    skipWord();
    char next = charAt(position);
    if (position - from == 1 && (next == '\'' || next == '&')) {
      char prefix = Character.toLowerCase(first);
      if (lexis.stringPrefixes().indexOf(prefix) >= 0) {
        return prefixed(prefix, next);
      }
    }
    return Kind.WORD;
  }

  private Kind prefixed(char prefix, char next) {
    if (prefix == 'u') {
      char quote = next == '&' ? charAt(position + 1) : 0;
      if (quote == '\'' || quote == '"') {
        return quoted(quote == '"' ? Kind.NAME : Kind.STRING, quote, position + 1, false);
      }
    } else if (next == '\'') {
      return quoted(Kind.STRING, '\'', position, prefix == 'e' || lexis.backslashEscapes());
    }
    return Kind.WORD;
  }

  /** Reads to the closing quote; a doubled one stands for itself. */
  private Kind quoted(Kind kind, char quote, int open, boolean backslashes) {
    int at = open + 1;
    int close = text.indexOf(quote, at, limit);
    while (true) {
      int backslash = backslashes ? text.indexOf('\\', at, close < 0 ? limit : close) : -1;
      if (backslash >= 0) {
        at = Math.min(backslash + 2, limit);
        close = close >= 0 && close < at ? text.indexOf(quote, at, limit) : close;
      } else if (close < 0) {
        throw unterminated(
            kind == Kind.NAME ? "sql.unterminated-name" : "sql.unterminated-string", start);
      } else if (charAt(close + 1) == quote && quote != ']') {
        at = close + 2;
        close = text.indexOf(quote, at, limit);
      } else {
        position = close + 1;
        return kind;
      }
    }
  }

  private Kind dollar() {
    if (lexis.dollarQuotes()) {
      int tagEnd = position + 1;
      while (isWordPart(charAt(tagEnd)) && charAt(tagEnd) != '$') {
        tagEnd++;
      }
      boolean numbered = charAt(position + 1) >= '0' && charAt(position + 1) <= '9';
      if (charAt(tagEnd) == '$' && !numbered) {
        String tag = text.substring(position, tagEnd + 1);
        int close = text.indexOf(tag, tagEnd + 1, limit);
        if (close < 0) {
          throw unterminated("sql.unterminated-dollar-quote", position);
        }
        position = close + tag.length();
        return Kind.STRING;
      }
    }
    position++;
    skipWord();
    return Kind.PARAMETER;
  }

  private Kind meta() {
    position++;
    while (charAt(position) > ' ') {
      position++;
    }
    return Kind.META;
  }

  private Kind operator() {
    int executable = text.charAt(position) == '/' ? executableCommentLength(position) : 0;
    if (executable > 0) {
      inExecutableComment = true;
      position += executable;
      return Kind.OPERATOR;
    }
    if (inExecutableComment && isAhead("*/")) {
      inExecutableComment = false;
      position += 2;
      return Kind.OPERATOR;
    }
    do {
      position++;
    } while (position < limit && continuesOperator(text.charAt(position)));
    return Kind.OPERATOR;
  }

  private boolean continuesOperator(char c) {
    boolean comment =
        (c == '-' && isDashComment(position))
            || (c == '/' && charAt(position + 1) == '*')
            || (c == '#' && lexis.hashComments())
            || (c == '*' && inExecutableComment && charAt(position + 1) == '/');
    return !comment && OPERATORS.indexOf(c) >= 0 && !isAhead(terminator);
  }

  private Kind sign() {
    position++;
    return Kind.SIGN;
  }

  private void skipWord() {
    while (position < limit && isWordPart(text.charAt(position)) && !isDollarTerminator()) {
      position++;
    }
  }

  /** A terminator such as {@code $$} ends a word that a dollar sign could be part of. */
  private boolean isDollarTerminator() {
    return text.charAt(position) == '$' && isAhead(terminator);
  }

  private boolean isAhead(String wanted) {
    return position + wanted.length() <= limit && text.startsWith(wanted, position);
  }

  private char charAt(int at) {
    return at < limit ? text.charAt(at) : 0;
  }

  private WhimbrelException unterminated(String key, int from) {
    LineCursor cursor = new LineCursor(text, 0, 1, 1);
    cursor.moveTo(from);
    int end = Math.min(lineEnd(from), from + 40);
    return Problem.of(ErrorCode.E_SQL, key)
        .with("start", text.substring(from, Math.max(end, from)))
        .at(cursor.place(file))
        .toException();
  }

  private static boolean isWordStart(char c) {
    return isAsciiLetter(c) || c == '_' || c >= 0x80;
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || (c >= '0' && c <= '9') || c == '$';
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
