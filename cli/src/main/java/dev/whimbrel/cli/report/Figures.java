package dev.whimbrel.cli.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Figures() {}

  /** Such as {@code 41 s}; a dash for nothing. */
  public static String time(long ms) {
    if (ms <= 0) {
      return "–";
    }
    if (ms < 1000) {
      return ms + " ms";
    }
    if (ms < 120_000) {
      return String.format(Locale.ROOT, ms < 10_000 ? "%.1f s" : "%.0f s", ms / 1000.0);
    }
    return ms < 7_200_000
        ? ms / 60_000 + " min"
        : String.format(Locale.ROOT, "%.1f h", ms / 3_600_000.0);
  }

  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A text in at most so many characters. */
  public static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, Math.max(1, most - 1)) + "…";
  }
}
