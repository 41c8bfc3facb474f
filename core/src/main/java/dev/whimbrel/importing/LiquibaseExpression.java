package dev.whimbrel.importing;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression over contexts or labels: {@code and}, {@code or}, {@code not}, commas, brackets.
 */
final class LiquibaseExpression {
  private static final Pattern TOKEN = Pattern.compile("[(),!]|[^\\s(),!]+");

  private final List<String> tokens;
  private final Set<String> chosen;
  private int position;

  private LiquibaseExpression(String text, Set<String> chosen) {
    this.tokens =
        TOKEN.matcher(text).results().map(found -> found.group().toLowerCase(Locale.ROOT)).toList();
    this.chosen = chosen;
  }

  /**
   * Whether an expression holds.
   *
   * @param chosen in lower case; where none is chosen everything holds
   */
  static boolean holds(String text, Set<String> chosen) {
    return text.isBlank() || chosen.isEmpty() || new LiquibaseExpression(text, chosen).any();
  }

  /** Names separated by commas, in lower case. */
  static Set<String> names(String text) {
    return Set.copyOf(
        Pattern.compile("\\s*,\\s*")
            .splitAsStream(text.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .toList());
  }

  private boolean is(String... words) {
    return position < tokens.size() && List.of(words).contains(tokens.get(position));
  }

  private boolean any() {
    boolean value = all();
    while (is("or", ",")) {
      position++;
      value |= all();
    }
    return value;
  }

  private boolean all() {
    boolean value = one();
    while (is("and")) {
      position++;
      value &= one();
    }
    return value;
  }

  private boolean one() {
    if (is("!", "not")) {
      position++;
      return !one();
    }
    if (is("(")) {
      position++;
      boolean value = any();
      position++;
      return value;
    }
    Matcher name = TOKEN.matcher(position < tokens.size() ? tokens.get(position) : "");
    position++;
    return name.matches() && chosen.contains(name.group().replace("@", ""));
  }
}
