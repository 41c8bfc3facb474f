package dev.whimbrel.importing;

import dev.whimbrel.sql.Lexis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code liquibase update-sql} and {@code rollback-sql} print. */
final class LiquibasePrinted {
  private static final Pattern UP =
      Pattern.compile("^-- Changeset (.+?)::(.+?)::(.+?)\\s*$", Pattern.MULTILINE);
  private static final Pattern DOWN =
      Pattern.compile("^-- Rolling Back ChangeSet: (.+?)::(.+?)::(.+?)\\s*$", Pattern.MULTILINE);
  private static final Pattern WRITES =
      Pattern.compile(
          "(?is)^(?:insert\\s+into|update|delete\\s+from|create\\s+table|drop\\s+table)"
              + "\\s+(?:[\\w\"]+\\.)?\"?(\\w+).*");
  private static final Pattern BOOKKEEPING =
      Pattern.compile("(?i)\\b(?:DATEEXECUTED\\b.*\\bMD5SUM|LOCKGRANTED)\\b", Pattern.DOTALL);
  private static final Pattern SUM = Pattern.compile("'(\\d:[0-9a-f]{32})'");
  private static final String NOT_RUN = "'MARK_RAN'";

  private LiquibasePrinted() {}

  /**
   * The changesets of scripts to go up, with the ways down of the others.
   *
   * @param traits what the changelogs say besides
   */
  static List<LiquibaseChangeset> read(
      Lexis lexis, List<TextFile> upgrades, List<TextFile> downgrades, LiquibaseTraits traits) {
    Map<String, String> down = new LinkedHashMap<>();
    for (TextFile script : downgrades) {
      sections(lexis, script, DOWN).forEach(each -> down.put(each.key(), each.body()));
    }
    List<LiquibaseChangeset> changesets = new ArrayList<>();
    for (TextFile script : upgrades) {
      for (Section each : sections(lexis, script, UP)) {
        changesets.add(
            new LiquibaseChangeset(
                each.path(),
                each.id(),
                each.author(),
                with(traits.of(each.id(), each.author()), each.notRun()),
                "",
                each.body(),
                each.body(),
                down.get(each.key()),
                each.sum(),
                List.of(),
                script.shown(),
                each.line()));
      }
    }
    return changesets;
  }

  /** Liquibase's own tables: by their usual names, and by their columns where they have others. */
  private static Set<String> ownTables(List<ScriptEditor.At> statements) {
    Set<String> own = new HashSet<>(List.of("databasechangelog", "databasechangeloglock"));
    for (ScriptEditor.At at : statements) {
      if (BOOKKEEPING.matcher(at.statement().text()).find()) {
        own.add(written(at));
      }
    }
    own.remove("");
    return own;
  }

  private static String written(ScriptEditor.At at) {
    Matcher table = WRITES.matcher(at.statement().text());
    return table.matches() ? table.group(1).toLowerCase(Locale.ROOT) : "";
  }

  private static Map<String, String> with(Map<String, String> attributes, boolean notRun) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.put(LiquibaseChangeset.NOT_PRINTED, String.valueOf(notRun));
    return Map.copyOf(all);
  }

  /** What stands below one title; {@code notRun} where Liquibase says that it left the SQL out. */
  private record Section(
      String path, String id, String author, String body, String sum, boolean notRun, int line) {
    String key() {
      return path + "::" + id + "::" + author;
    }
  }

  private static List<Section> sections(Lexis lexis, TextFile script, Pattern title) {
    String text = script.text();
    TreeMap<Integer, java.util.regex.MatchResult> titles = new TreeMap<>();
    title.matcher(text).results().forEach(found -> titles.put(found.start(), found));
    ScriptEditor editor = new ScriptEditor(lexis, script.shown(), text);
    editor.transactions(false);
    Map<Integer, String> sums = new LinkedHashMap<>();
    Set<Integer> notRun = new HashSet<>();
    Set<String> own = ownTables(editor.statements());
    for (ScriptEditor.At at : editor.statements()) {
      if (own.contains(written(at))) {
        editor.remove(at);
        Integer section = titles.floorKey(at.offset());
        Matcher sum = SUM.matcher(at.statement().text());
        if (section != null && sum.find()) {
          sums.put(section, sum.group(1));
        }
        if (section != null && at.statement().text().contains(NOT_RUN)) {
          notRun.add(section);
        }
      }
    }
    List<Section> sections = new ArrayList<>();
    titles.forEach((start, found) -> {
      Integer next = titles.higherKey(start);
      sections.add(
          new Section(
              found.group(1),
              found.group(2),
              found.group(3),
              editor.slice(found.end(), next == null ? text.length() : next),
              sums.getOrDefault(start, ""),
              notRun.contains(start),
              (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1));
    });
    return sections;
  }
}
