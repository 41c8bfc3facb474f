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
    String shown = ascii ? plain(line) : line;
    return colour ? coloured(line, shown) : shown;
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
