package dev.whimbrel.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over the tokens of SQL: comments, white space, line ends and the case of unquoted words
 * don't count; what is in strings and quoted names does, except that CRLF there counts as LF.
 *
 * <p>Not thread-safe; {@link #hex} ends its use.
 */
public final class Checksum {
  private static final byte STATEMENT_END = 1;
  private static final byte DATA = 2;
  private static final byte TOKEN_END = 0;

  private final MessageDigest digest = sha256();
  private final byte[] buffer = new byte[4096];
  private int used;

  /** The checksum of a text that is read with these rules, directives left out. */
  public static String of(Lexis lexis, String sql) {
    Checksum checksum = new Checksum();
    StatementReader reader = new StatementReader(lexis, "", sql, 0);
    reader.countInto(checksum);
    Element element = reader.next();
    while (element != null) {
      element = reader.next();
    }
    return checksum.hex();
  }

  /**
   * The hash of a revision's history: its own checksum and its parents' hashes, whose order does
   * not matter.
   */
  public static String chain(List<String> parentHashes, String checksum) {
    Checksum chain = new Checksum();
    parentHashes.stream().sorted().forEach(parent -> chain.add(Token.Kind.WORD, parent));
    chain.endStatement();
    chain.add(Token.Kind.WORD, checksum);
    return chain.hex();
  }

  /** 64 lower-case hex digits. */
  public String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  void token(Token.Kind kind, String text, int start, int end) {
    switch (kind) {
      case WORD, NUMBER -> {
        put((byte) 'w');
        putFolded(text, start, end);
      }
      case STRING -> {
        put((byte) 's');
        putText(text, start, end);
      }
      case NAME -> {
        put((byte) 'n');
        putText(text, start, end);
      }
      case PARAMETER, OPERATOR, SIGN, TERMINATOR, DIRECTIVE, META, END -> {
        put((byte) 'o');
        putPlain(text, start, end);
      }
    }
    put(TOKEN_END);
  }

  void endStatement() {
    put(STATEMENT_END);
  }

  void data(String rows) {
    put(DATA);
    putText(rows, 0, rows.length());
  }

  private void add(Token.Kind kind, String text) {
    token(kind, text, 0, text.length());
  }

  private void putFolded(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        putUtf8(text, i, end);
        return;
      }
      put((byte) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
    }
  }

  private void putPlain(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        putUtf8(text, i, end);
        return;
      }
      put((byte) c);
    }
  }

  private void putText(String text, int start, int end) {
    int from = start;
    int carriageReturn = text.indexOf("\r\n", from, end);
    while (carriageReturn >= 0) {
      putPlain(text, from, carriageReturn);
      from = carriageReturn + 1;
      carriageReturn = text.indexOf("\r\n", from, end);
    }
    putPlain(text, from, end);
  }

  private void putUtf8(String text, int start, int end) {
    flush();
    digest.update(text.substring(start, end).getBytes(StandardCharsets.UTF_8));
  }

  private void put(byte value) {
    if (used == buffer.length) {
      flush();
    }
    buffer[used++] = value;
  }

  private void flush() {
    digest.update(buffer, 0, used);
    used = 0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
