package dev.whimbrel.hazard;

import java.util.Locale;
import java.util.regex.Pattern;

/** Looks for words in a statement, for the few rules that nothing else could tell. */
final class Words {
  private Words() {}

  /** Whether the word stands in the statement, whatever its case. */
  static boolean has(Observation seen, String word) {
    return Pattern.compile("(?i)\\b" + Pattern.quote(word) + "\\b")
        .matcher(seen.statement().text())
        .find();
  }

  /** Whether the statement names an object, with or without its schema. */
  static boolean names(Observation seen, String qualified) {
    String text = seen.statement().text().toLowerCase(Locale.ROOT);
    String name = qualified.replaceFirst("\\(.*", "");
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Pattern.compile("(?<![\\w\"])" + Pattern.quote(last) + "(?![\\w\"])")
        .matcher(text)
        .find();
  }
}
