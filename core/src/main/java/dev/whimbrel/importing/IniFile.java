package dev.whimbrel.importing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An INI file as Python's configparser reads it: sections, continued lines, {@code %(name)s}. */
final class IniFile {
  private static final Pattern REFERENCE = Pattern.compile("%\\(([^)]+)\\)s|%%");
  private static final int DEEPEST = 10;

  private final Map<String, Map<String, String>> sections = new HashMap<>();
  private final String here;

  private IniFile(String here) {
    this.here = here;
  }

  /**
   * Reads a file's text.
   *
   * @param here what {@code %(here)s} stands for
   */
  static IniFile read(String text, String here) {
    IniFile ini = new IniFile(here);
    Map<String, String> section = new LinkedHashMap<>();
    String key = "";
    for (String line : text.lines().toList()) {
      String content = line.strip();
      if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
        continue;
      }
      int sign = sign(content);
      if (content.startsWith("[") && content.endsWith("]")) {
        String name = content.substring(1, content.length() - 1);
        section = ini.sections.computeIfAbsent(name, n -> new LinkedHashMap<>());
        key = "";
      } else if (Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
        section.merge(key, content, (before, more) -> before + "\n" + more);
      } else if (sign > 0) {
        key = content.substring(0, sign).strip().toLowerCase(Locale.ROOT);
        section.put(key, content.substring(sign + 1).strip());
      }
    }
    return ini;
  }

  private static int sign(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    return equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
  }

  /** A value with its references replaced. */
  Optional<String> find(String section, String key) {
    Map<String, String> values = sections.getOrDefault(section, Map.of());
    String value = values.get(key);
    return value == null || value.isEmpty()
        ? Optional.empty()
        : Optional.of(expand(value, values, 0));
  }

  private String expand(String value, Map<String, String> values, int depth) {
    Matcher references = REFERENCE.matcher(value);
    StringBuilder expanded = new StringBuilder();
    while (references.find()) {
      String name = references.group(1);
      String with =
          name == null
              ? "%"
              : name.equals("here") ? here : values.getOrDefault(name, references.group());
      references.appendReplacement(
          expanded,
          Matcher.quoteReplacement(
              depth < DEEPEST && name != null ? expand(with, values, depth + 1) : with));
    }
    return references.appendTail(expanded).toString();
  }
}
