package dev.whimbrel.importing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes ids, messages and times from the names that other tools use. */
final class Named {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);
  private static final int STAMP_DIGITS = 14;
  private static final int LONGEST_MESSAGE = 200;

  private Named() {}

  /** Words from a part of a file name. */
  static String words(String slug) {
    return message(slug.replace('_', ' ').replace('-', ' '), LONGEST_MESSAGE);
  }

  /** One line, not too long. */
  static String message(String text, int longest) {
    String line = text.replaceAll("[\\s\\p{Cntrl}\u2028\u2029]+", " ").strip();
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
  }

  /** An id of allowed characters, each other one an underscore. */
  static String id(String text) {
    String id = text.replaceAll("[^A-Za-z0-9_.]", "_");
    return id.length() > 64 ? id.substring(0, 64) : id;
  }

  /** The time in a version of 14 digits; null for any other version. */
  static @Nullable Instant time(String version) {
    if (version.length() != STAMP_DIGITS || !version.chars().allMatch(Character::isDigit)) {
      return null;
    }
    try {
      return LocalDateTime.parse(version, STAMP).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
