package dev.whimbrel.cli.output;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Small things said the same way everywhere. */
public final class Text {
  private Text() {}

  /** Ids with commas; {@code None} where there are none. */
  public static String versions(List<String> ids) {
    return ids.isEmpty() ? "None" : String.join(", ", ids);
  }

  /** {@code 1 statement}, {@code 2 statements}. */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 12 ms}, {@code 3.4 s}, {@code 2 min 5 s}. */
  public static String time(Duration duration) {
    long ms = duration.toMillis();
    if (ms < 1000) {
      return ms + " ms";
    }
    if (ms < 60_000) {
      String seconds = String.format(Locale.ROOT, "%.1f", ms / 1000.0);
      return (seconds.endsWith(".0") ? seconds.substring(0, seconds.length() - 2) : seconds) + " s";
    }
    return duration.toMinutes()
        + " min"
        + (duration.toSecondsPart() == 0 ? "" : " " + duration.toSecondsPart() + " s");
  }

  /** One line of at most {@code limit} characters. */
  public static String shortened(String text, int limit) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= limit ? line : line.substring(0, limit - 3) + "...";
  }
}
