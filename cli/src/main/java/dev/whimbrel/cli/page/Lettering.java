package dev.whimbrel.cli.page;

/** How much room text takes where all letters are equally wide. */
final class Lettering {
  /** Of one letter of a picture, in pixels. */
  private static final double LETTER = 6.65;

  private Lettering() {}

  /** Columns that a text takes; letters of East Asia and emoji take two. */
  static int columns(String text) {
    return text.codePoints().map(Lettering::columns).sum();
  }

  private static int columns(int letter) {
    int type = Character.getType(letter);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (letter >= 0x1100 && letter <= 0x115F)
            || (letter >= 0x2E80 && letter <= 0xA4CF)
            || (letter >= 0xAC00 && letter <= 0xD7A3)
            || (letter >= 0xF900 && letter <= 0xFAFF)
            || (letter >= 0xFE30 && letter <= 0xFE6F)
            || (letter >= 0xFF00 && letter <= 0xFF60)
            || (letter >= 0x1F300 && letter <= 0x1FAFF);
    return wide ? 2 : 1;
  }

  static int pixels(String text) {
    return (int) Math.ceil(columns(text) * LETTER);
  }

  /** The text, shortened to so many pixels. */
  static String fitted(String text, int pixels) {
    if (pixels(text) <= pixels) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int room = (int) (pixels / LETTER) - 1;
    for (int at = 0; at < text.length(); ) {
      int letter = text.codePointAt(at);
      room -= columns(letter);
      if (room < 0) {
        break;
      }
      kept.appendCodePoint(letter);
      at += Character.charCount(letter);
    }
    return kept + "…";
  }
}
