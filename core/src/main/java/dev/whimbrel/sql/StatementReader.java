package dev.whimbrel.sql;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statements and directives of a text, one after the other.
 *
 * <p>The directives {@code upgrade}, {@code downgrade}, {@code statement} and {@code end} end a
 * statement that has no terminator. What stands between {@code -- +statement} and {@code -- +end}
 * is one statement; these two are not reported. Takes time linear in the text. Not thread-safe.
 */
public final class StatementReader {
  private static final Set<String> BOUNDARIES = Set.of("upgrade", "downgrade", "statement", "end");
  private static final String BACKSLASH_SETTING = "standard_conforming_strings";

  private final String file;
  private final String text;
  private final Lexer lexer;
  private final LineCursor cursor;
  private final Deque<Element> pending = new ArrayDeque<>();
  private @Nullable Checksum checksum;
  private int count;

  // The statement being read.
  private final List<String> words = new ArrayList<>();
  private final List<Directive> inner = new ArrayList<>();
  private @Nullable Place place;
  private int first;
  private int last;
  private int depth;
  private Bodies.Body body = Bodies.Body.NONE;
  private boolean fromStdin;
  private String lastWord = "";

  /**
   * @param lexis the engine's lexical rules
   * @param file named in places and errors
   * @param text the whole file, so that lines are counted from its start
   * @param from the offset at which to start reading
   */
  public StatementReader(Lexis lexis, String file, String text, int from) {
    this.file = file;
    this.text = text;
    this.lexer = new Lexer(lexis, file, text, from, text.length());
    this.cursor = new LineCursor(text, 0, 1, 1);
    cursor.moveTo(from);
  }

  /** From here on the tokens that are read are added to this checksum, or to none. */
  public void countInto(@Nullable Checksum newChecksum) {
    checksum = newChecksum;
  }

  /** From here on statements are numbered from 1 again. */
  public void restartNumbers() {
    count = 0;
  }

  /** The offset behind what was read so far. */
  public int offset() {
    return lexer.end();
  }

  /**
   * The next statement or directive, null at the end.
   *
   * @throws WhimbrelException {@code E_SQL} if a string, comment or body does not end, or for a
   *     command of psql
   */
  public @Nullable Element next() {
    while (pending.isEmpty()) {
      Kind kind = lexer.next();
      switch (kind) {
        case END -> {
          if (!finish()) {
            return null;
          }
        }
        case DIRECTIVE -> directive();
        case META -> throw metaCommand();
        case TERMINATOR -> terminator();
        case WORD, NAME, STRING, NUMBER, PARAMETER, OPERATOR, SIGN -> token(kind);
      }
    }
    return pending.poll();
  }

  private void token(Kind kind) {
    if (place == null) {
      if (kind == Kind.WORD && lexer.lexis().delimiterCommand() && isWord("delimiter")) {
        readDelimiter();
        return;
      }
      begin();
    }
    switch (kind) {
      case WORD -> word(lexer.tokenText().toLowerCase(Locale.ROOT));
      case NAME -> leadingWord(lexer.tokenText());
      case SIGN -> nest(text.charAt(lexer.start()));
      case STRING, NUMBER, PARAMETER, OPERATOR ->
          lastWord = lexer.end() - lexer.start() < 8 ? lexer.tokenText() : "";
      case TERMINATOR, DIRECTIVE, META, END -> throw new IllegalStateException(kind.name());
    }
    if (kind != Kind.WORD) {
      body.word("");
    }
    include(kind);
  }

  private void include(Kind kind) {
    if (checksum != null) {
      checksum.token(kind, text, lexer.start(), lexer.end());
    }
    last = lexer.end();
  }

  private void begin() {
    first = lexer.start();
    cursor.moveTo(first);
    place = cursor.place(file);
  }

  private void word(String word) {
    body.word(word);
    leadingWord(word);
    if (depth == 0 && !body.decided() && Bodies.mayStillCreate(words)) {
      body = lexer.lexis().bodies().of(words);
    }
    fromStdin |= depth == 0 && word.equals("stdin") && lastWord.equals("from");
    lastWord = word;
  }

  private void leadingWord(String word) {
    if (depth == 0 && words.size() < Statement.LEADING_WORDS) {
      words.add(word);
    }
  }

  private void nest(char sign) {
    if (sign == '(') {
      depth++;
    } else if (sign == ')') {
      depth = Math.max(0, depth - 1);
    }
  }

  private void terminator() {
    if (place == null) {
      return;
    }
    if (depth > 0 || body.open()) {
      body.semicolon();
      if (body.open() || depth > 0) {
        include(Kind.SIGN);
        return;
      }
    }
    finish();
  }

  /** Ends the statement that was begun; false if there is none. */
  private boolean finish() {
    Place began = place;
    if (began == null) {
      return false;
    }
    CopyData data = null;
    if (checksum != null) {
      checksum.endStatement();
    }
    cursor.moveTo(last - 1);
    int endLine = cursor.line();
    if (fromStdin && lexer.lexis().copyData() && words.get(0).equals("copy")) {
      data = readCopyData(began);
    }
    count++;
    String sql = text.substring(first, last);
    pending.add(new Statement(sql, count, began, endLine, words, data));
    pending.addAll(inner);
    followSettings();
    reset();
    return true;
  }

  private void followSettings() {
    if (words.size() > 1 && words.get(0).equals("set") && words.contains(BACKSLASH_SETTING)) {
      boolean off = lastWord.equals("off") || lastWord.equals("'off'") || lastWord.equals("false");
      lexer.lexis(lexer.lexis().withBackslashEscapes(off));
    }
  }

  private void reset() {
    words.clear();
    inner.clear();
    place = null;
    depth = 0;
    body = Bodies.Body.NONE;
    fromStdin = false;
    lastWord = "";
  }

  private void directive() {
    int start = lexer.start();
    int end = lexer.end();
    Directive directive = parse(start, end);
    if (BOUNDARIES.contains(directive.name())) {
      finish();
      if (directive.name().equals("statement")) {
        block(directive, end);
      } else {
        pending.add(directive);
      }
    } else if (place == null) {
      pending.add(directive);
    } else {
      inner.add(directive);
    }
  }

  private Directive parse(int start, int end) {
    String line = text.substring(start, end);
    int plus = line.indexOf('+');
    int nameEnd = plus + 1;
    while (nameEnd < line.length() && line.charAt(nameEnd) > ' ') {
      nameEnd++;
    }
    Place where = place;
    if (where == null) {
      cursor.moveTo(start);
      where = cursor.place(file);
    } else {
      LineCursor ahead = new LineCursor(text, first, where.line(), where.column());
      ahead.moveTo(start);
      where = ahead.place(file);
    }
    return new Directive(
        line.substring(plus + 1, nameEnd), line.substring(nameEnd).strip(), where, place != null);
  }

  /** Reads a block that is not to be split, up to its {@code -- +end}. */
  private void block(Directive opening, int from) {
    int close = from;
    int bodyStart = lexer.nextLine(from);
    int line = bodyStart;
    while (line < text.length()) {
      if (isEnd(line)) {
        close = line;
        break;
      }
      line = lexer.nextLine(line);
    }
    if (line >= text.length()) {
      throw Problem.of(ErrorCode.E_SQL, "sql.unterminated-block").at(opening.place()).toException();
    }
    readWhole(bodyStart, close);
    lexer.continueAtLine(lexer.nextLine(close));
  }

  private boolean isEnd(int line) {
    String content = text.substring(line, lexer.lineEnd(line)).strip();
    return content.startsWith("--") && content.substring(2).strip().equals("+end");
  }

  private void readWhole(int from, int to) {
    Lexer block = new Lexer(lexer.lexis(), file, text, from, to);
    int begin = -1;
    int end = from;
    List<String> leading = new ArrayList<>();
    for (Kind kind = block.next(); kind != Kind.END; kind = block.next()) {
      if (kind == Kind.DIRECTIVE || (kind == Kind.TERMINATOR && begin < 0)) {
        continue;
      }
      begin = begin < 0 ? block.start() : begin;
      if (checksum != null) {
        checksum.token(kind, text, block.start(), block.end());
      }
      end = kind == Kind.TERMINATOR ? end : block.end();
      if (kind == Kind.WORD && leading.size() < Statement.LEADING_WORDS) {
        leading.add(block.tokenText().toLowerCase(Locale.ROOT));
      }
    }
    if (begin < 0) {
      return;
    }
    if (checksum != null) {
      checksum.endStatement();
    }
    cursor.moveTo(begin);
    Place began = cursor.place(file);
    cursor.moveTo(end - 1);
    count++;
    String sql = text.substring(begin, end);
    pending.add(new Statement(sql, count, began, cursor.line(), leading, null));
  }

  private void readDelimiter() {
    int end = lexer.lineEnd(lexer.end());
    String delimiter = text.substring(lexer.end(), end).strip();
    if (delimiter.isEmpty()) {
      cursor.moveTo(lexer.start());
      throw Problem.of(ErrorCode.E_SQL, "sql.empty-delimiter").at(cursor.place(file)).toException();
    }
    lexer.terminator(delimiter);
    lexer.continueAtLine(end);
  }

  private CopyData readCopyData(Place copy) {
    int from = lexer.nextLine(lexer.end());
    int line = from;
    while (line < text.length()) {
      int end = lexer.lineEnd(line);
      if (end - line == 2 && text.startsWith("\\.", line)) {
        break;
      }
      line = lexer.nextLine(line);
    }
    if (line >= text.length()) {
      throw Problem.of(ErrorCode.E_SQL, "sql.unterminated-copy").at(copy).toException();
    }
    cursor.moveTo(from);
    CopyData data = new CopyData(text.substring(from, line), cursor.place(file));
    if (checksum != null) {
      checksum.data(data.text());
    }
    lexer.continueAtLine(lexer.nextLine(line));
    return data;
  }

  private WhimbrelException metaCommand() {
    String command = lexer.tokenText();
    LineCursor ahead = new LineCursor(text, 0, 1, 1);
    ahead.moveTo(lexer.start());
    return Problem.of(ErrorCode.E_SQL, MetaCommands.key(command))
        .with("command", command)
        .at(ahead.place(file))
        .toException();
  }

  private boolean isWord(String word) {
    return lexer.end() - lexer.start() == word.length()
        && text.regionMatches(true, lexer.start(), word, 0, word.length());
  }
}
