package dev.whimbrel.cli.output;

import java.util.Map;

/** Whether emoji and colours may be used, and what stands for an emoji where they may not. */
final class Style {
  private static final Map<String, String> ASCII =
      Map.of(
          "📍", "[at]", "✅", "[ok]", "🔄", "[->]", "⏳", "[..]", "⚠️", "[!!]", "❌", "[xx]", "…",
          "...");

  private final boolean ascii;
  private final boolean colour;

  Style(boolean ascii, boolean colour) {
    this.ascii = ascii;
    this.colour = colour;
  }

  /** The line as this place can show it. */
  String line(String line) {
    String tame = tame(line);
    String shown = ascii ? plain(tame) : tame;
    return colour ? coloured(tame, shown) : shown;
  }

  /**
   * The text without characters that a terminal would obey: names and messages come from databases.
   */
  static String tame(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isWild(text.charAt(i))) {
        StringBuilder tame = new StringBuilder();
        text.chars()
            .forEach(c -> {
              if (isWild((char) c)) {
                tame.append("\\u%04x".formatted(c));
              } else {
                tame.append((char) c);
              }
            });
        return tame.toString();
      }
    }
    return text;
  }

  /** Control characters, and those that change the direction of what follows. */
  private static boolean isWild(char c) {
    return (Character.isISOControl(c) && c != '\t' && c != '\n')
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static String plain(String line) {
    String shown = line;
    for (Map.Entry<String, String> entry : ASCII.entrySet()) {
      shown = shown.replace(entry.getKey(), entry.getValue());
    }
    return shown;
  }

  private static String coloured(String line, String shown) {
    if (line.startsWith("❌")) {
      return "\u001b[31m" + shown + "\u001b[0m";
    }
    if (line.startsWith("⚠️")) {
      return "\u001b[33m" + shown + "\u001b[0m";
    }
    return line.startsWith("✅") ? "\u001b[32m" + shown + "\u001b[0m" : shown;
  }
}
