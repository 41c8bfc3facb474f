package dev.whimbrel.revision;

import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The default name of a revision's file. */
public final class FileName {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
  private static final int LONGEST_SLUG = 40;

  private FileName() {}

  /**
   * {@code <yyyymmdd>_<id>_<slug>.sql}, the day in UTC; without a time it begins with the id.
   *
   * @param message its letters and digits, of any script, make the slug
   */
  public static String of(@Nullable Instant created, String id, String message) {
    String day = created == null ? "" : DAY.format(created.atOffset(ZoneOffset.UTC)) + "_";
    String slug = slug(message);
    return day + id + (slug.isEmpty() ? "" : "_" + slug) + ".sql";
  }

  /**
   * Lower-case words joined by underscores, at most 40 characters, cut between words if possible.
   */
  private static String slug(String message) {
    StringBuilder slug = new StringBuilder();
    String text = Normalizer.normalize(message, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    int wordEnd = 0;
    int length = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      boolean kept =
          Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
      if (!kept && (slug.isEmpty() || slug.charAt(slug.length() - 1) == '_')) {
        continue;
      }
      if (!kept) {
        wordEnd = slug.length();
      }
      if (length == LONGEST_SLUG) {
        return slug.substring(0, kept && wordEnd > 0 ? wordEnd : slug.length());
      }
      slug.appendCodePoint(kept ? c : '_');
      length++;
    }
    int end = slug.length();
    return slug.substring(0, end > 0 && slug.charAt(end - 1) == '_' ? end - 1 : end);
  }
}
