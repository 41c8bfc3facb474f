package dev.whimbrel.error;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides passwords that stand in SQL or in URLs, behind as many stars, so that positions stay right.
 */
public final class Secrets {
  private static final String STRING = "'((?:[^']|'')*+)'";

  private static final List<Pattern> PATTERNS =
      List.of(
          Pattern.compile(
              "(?i)\\b(?:password|passwd|identified\\s+by)\\s*=?\\s*(?:E|U&)?" + STRING),
          Pattern.compile("(?i)\\bpassword\\s+(\\$(\\w*)\\$.*?\\$\\2\\$)", Pattern.DOTALL),
          Pattern.compile("(?i)\\b(?:password|passwd|pwd|sslpassword)=([^\\s'\"&;,)]+)"),
          Pattern.compile("(?i)[a-z][a-z+]{1,30}://[^/\\s:@'\"]*+:([^\\s'\"]+)@"));

  /** What tells a text apart in which something was hidden. */
  private static final Pattern HIDDEN =
      Pattern.compile("(?i)\\b(?:password|passwd)\\s*=?\\s*(?:E|U&)?'?\\*+");

  private Secrets() {}

  /** The text with every password replaced by stars; the same text where there is none. */
  public static String hidden(String text) {
    if (!mayHold(text)) {
      return text;
    }
    String shown = text;
    for (Pattern pattern : PATTERNS) {
      Matcher matcher = pattern.matcher(shown);
      StringBuilder hidden = new StringBuilder(shown);
      boolean found = false;
      while (matcher.find()) {
        found = true;
        for (int i = matcher.start(1); i < matcher.end(1); i++) {
          hidden.setCharAt(i, '*');
        }
      }
      shown = found ? hidden.toString() : shown;
    }
    return shown;
  }

  /** Whether there is what each pattern needs: most statements have none of it. */
  private static boolean mayHold(String text) {
    for (int i = 0; i < text.length(); i++) {
      boolean may =
          switch (text.charAt(i)) {
            case 'p', 'P' ->
                text.regionMatches(true, i, "pass", 0, 4)
                    || text.regionMatches(true, i, "pwd", 0, 3);
            case 'i', 'I' -> text.regionMatches(true, i, "identified", 0, 10);
            case ':' -> text.startsWith("://", i);
            default -> false;
          };
      if (may) {
        return true;
      }
    }
    return false;
  }

  /** Whether a password was hidden in the text, so that it cannot be run. */
  public static boolean isHidden(String text) {
    return HIDDEN.matcher(text).find();
  }
}
