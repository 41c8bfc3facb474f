package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Token;
import java.util.List;
import java.util.Locale;

/** Reads names, qualified or not, out of a statement whose form is known. */
final class TargetNames {
  private final List<Token> tokens;

  TargetNames(String sql) {
    tokens = new Splitter(Lexis.postgresql()).tokens(sql);
  }

  /**
   * The name that follows a word, as written; words to be skipped may stand between.
   *
   * @return empty when the word, or a name after it, is missing
   */
  String after(String word, String... skipped) {
    for (int i = 0; i < tokens.size(); i++) {
      if (is(i, word)) {
        return nameAt(skip(i + 1, List.of(skipped)), List.of("on", "using"));
      }
    }
    return "";
  }

  private int skip(int from, List<String> words) {
    int at = from;
    while (at < tokens.size() && words.contains(lower(at)) && isWord(at)) {
      at++;
    }
    return at;
  }

  private String nameAt(int from, List<String> never) {
    StringBuilder name = new StringBuilder();
    for (int i = from; i < tokens.size(); i++) {
      boolean dot = tokens.get(i).text().equals(".");
      boolean part =
          (isWord(i) && !never.contains(lower(i))) || tokens.get(i).kind() == Token.Kind.NAME;
      boolean begins = name.isEmpty() || name.charAt(name.length() - 1) == '.';
      boolean expected = begins ? part : dot;
      if (!expected) {
        break;
      }
      name.append(tokens.get(i).text());
    }
    return name.toString();
  }

  private boolean is(int index, String word) {
    return isWord(index) && lower(index).equals(word);
  }

  private boolean isWord(int index) {
    return tokens.get(index).kind() == Token.Kind.WORD;
  }

  private String lower(int index) {
    return tokens.get(index).text().toLowerCase(Locale.ROOT);
  }
}
