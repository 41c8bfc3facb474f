package dev.whimbrel.sql;

import java.util.ArrayList;
import java.util.List;

/** Splits a script into its statements; immutable. */
public final class Splitter {
  private final Lexis lexis;

  public Splitter(Lexis lexis) {
    this.lexis = lexis;
  }

  /**
   * The statements of a script. Directives other than {@code -- +statement} blocks are comments
   * here.
   *
   * @param file named in places and errors
   * @throws dev.whimbrel.error.WhimbrelException {@code E_SQL} if the text cannot be split
   */
  public List<Statement> split(String file, String text) {
    StatementReader reader = new StatementReader(lexis, file, text, 0);
    List<Statement> statements = new ArrayList<>();
    for (Element element = reader.next(); element != null; element = reader.next()) {
      if (element instanceof Statement statement) {
        statements.add(statement);
      }
    }
    return statements;
  }

  /** The tokens of a text, terminators included, without comments. */
  public List<Token> tokens(String text) {
    Lexer lexer = new Lexer(lexis, "", text, 0, text.length());
    List<Token> tokens = new ArrayList<>();
    for (Token.Kind kind = lexer.next(); kind != Token.Kind.END; kind = lexer.next()) {
      if (kind != Token.Kind.DIRECTIVE) {
        tokens.add(new Token(kind, lexer.tokenText(), lexer.start()));
      }
    }
    return tokens;
  }
}
