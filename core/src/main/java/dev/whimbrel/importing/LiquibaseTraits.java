package dev.whimbrel.importing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What changelogs in XML, YAML and JSON say about their changesets that the SQL printed for them
 * does not: read as text, as far as it stands beside the changeset's id.
 */
final class LiquibaseTraits {
  private static final Pattern CHANGESET = Pattern.compile("\\bchangeSet\\b(?!\\s*>)");
  private static final Pattern PROPERTY =
      Pattern.compile(
          "\\b(id|author|runOnChange|runAlways|runInTransaction)\"?\\s*[:=]\\s*"
              + "(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s,}>]+(?:[^\\S\\n]+[^\\s,}>:=]+)*)");
  private static final Pattern CONDITIONS = Pattern.compile("\\bpreConditions\\b");

  private final Map<String, Map<String, String>> found = new HashMap<>();

  private LiquibaseTraits() {}

  static LiquibaseTraits read(List<TextFile> changelogs) {
    LiquibaseTraits traits = new LiquibaseTraits();
    changelogs.forEach(file -> traits.add(file.text()));
    return traits;
  }

  /** Attributes by name in lower case; {@code preconditions} where it has some. */
  Map<String, String> of(String id, String author) {
    return found.getOrDefault(id + "::" + author, Map.of());
  }

  private void add(String text) {
    List<Integer> starts =
        CHANGESET.matcher(text).results().map(java.util.regex.MatchResult::end).toList();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      String section = text.substring(starts.get(i), end);
      Map<String, String> attributes = new HashMap<>();
      Matcher each = PROPERTY.matcher(head(section));
      while (each.find()) {
        attributes.putIfAbsent(
            each.group(1).toLowerCase(Locale.ROOT), each.group(2).replaceAll("^[\"']|[\"']$", ""));
      }
      if (CONDITIONS.matcher(section).find()) {
        attributes.put("preconditions", "true");
      }
      String key = attributes.remove("id") + "::" + attributes.remove("author");
      found.putIfAbsent(key, Map.copyOf(attributes));
    }
  }

  /** In XML the attributes of the tag; else all up to the changes. */
  private static String head(String section) {
    int tag = section.indexOf('>');
    boolean xml = !section.stripLeading().startsWith(":") && !section.startsWith("\"") && tag > 0;
    int changes = section.indexOf("changes");
    return xml ? section.substring(0, tag) : changes < 0 ? section : section.substring(0, changes);
  }
}
