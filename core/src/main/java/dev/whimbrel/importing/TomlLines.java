package dev.whimbrel.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plain part of TOML: tables, strings, numbers, booleans and lists of strings. */
final class TomlLines {
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'");

  private final Map<String, String> values = new LinkedHashMap<>();

  private TomlLines() {}

  /** Reads a file's text; lists become their items with commas between them. */
  static TomlLines read(String text) {
    TomlLines toml = new TomlLines();
    String table = "";
    StringBuilder open = new StringBuilder();
    for (String line : text.lines().toList()) {
      String content = line.strip();
      if (open.isEmpty() && content.startsWith("[") && content.endsWith("]")) {
        table = content.replaceAll("[\\[\\]\"' ]", "") + ".";
      } else if (!content.isEmpty() && !content.startsWith("#")) {
        open.append(content).append(' ');
        if (count(open, '[') <= count(open, ']')) {
          toml.put(table, open.toString().strip());
          open.setLength(0);
        }
      }
    }
    return toml;
  }

  private static long count(CharSequence text, char sign) {
    return text.chars().filter(c -> c == sign).count();
  }

  private void put(String table, String entry) {
    int equals = entry.indexOf('=');
    if (equals > 0) {
      String key = entry.substring(0, equals).replaceAll("[\"' ]", "");
      String value = entry.substring(equals + 1).strip();
      Matcher texts = TEXT.matcher(value);
      List<String> items = new ArrayList<>();
      while (texts.find()) {
        String basic = texts.group(1);
        items.add(
            basic == null ? texts.group(2) : basic.replace("\\\"", "\"").replace("\\\\", "\\"));
      }
      int comment = value.indexOf('#');
      String bare = comment < 0 ? value : value.substring(0, comment).strip();
      values.put(table + key, items.isEmpty() ? bare : String.join(",", items));
    }
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** All values whose names begin so, the beginning left out. */
  Map<String, String> below(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    values.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), value);
      }
    });
    return found;
  }
}
