package dev.whimbrel.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of a schema as a DBA would review it, in sections that begin with {@code -- +name}:
 *
 * <pre>
 * -- What it shows.
 *
 * -- +before
 * create table users (id int primary key);
 * -- +after
 * create table users (id int primary key, age int);
 * -- +upgrade
 * alter table users add column age integer;
 * -- +downgrade
 * alter table users drop column age;
 * </pre>
 *
 * <p>{@code before} may fill tables; the lines of {@code holds} are queries that are true after the
 * upgrade and after the way back and up again. {@code postgres} names the major version, {@code
 * offline} has no lines and asks for the plain form.
 *
 * @param file where it is
 * @param intro the comment before the first section
 * @param sections their texts by name, without blank lines around them
 */
public record CaseFile(Path file, String intro, Map<String, String> sections) {
  private static final String SECTION = "-- +";
  private static final List<String> NAMES =
      List.of("before", "after", "upgrade", "downgrade", "holds", "postgres", "offline");

  public CaseFile {
    sections = Map.copyOf(sections);
  }

  /** Reads a case. */
  public static CaseFile read(Path file) throws IOException {
    Map<String, StringBuilder> sections = new LinkedHashMap<>();
    StringBuilder intro = new StringBuilder();
    StringBuilder current = intro;
    for (String line : Files.readAllLines(file)) {
      String name = line.startsWith(SECTION) ? line.substring(SECTION.length()) : "";
      String word = name.split(" ", -1)[0];
      if (NAMES.contains(word)) {
        current = sections.computeIfAbsent(word, key -> new StringBuilder());
        current.append(name.substring(word.length()).strip());
      } else {
        current.append(line).append('\n');
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    sections.forEach((name, text) -> texts.put(name, text.toString().strip()));
    return new CaseFile(file, intro.toString().strip(), texts);
  }

  /** The text of a section, empty when it is missing. */
  public String section(String name) {
    return sections.getOrDefault(name, "");
  }

  /** The server's version that it is meant for, or {@code other}. */
  public int major(int other) {
    return sections.containsKey("postgres") ? Integer.parseInt(section("postgres")) : other;
  }

  /** Whether the plain form is expected. */
  public boolean offline() {
    return sections.containsKey("offline");
  }

  /** The whole file with what was really generated. */
  String with(String upgrade, String downgrade) {
    StringBuilder text = new StringBuilder(intro).append("\n");
    for (String name : List.of("postgres", "offline")) {
      if (sections.containsKey(name)) {
        text.append("\n").append((SECTION + name + " " + section(name)).strip()).append("\n");
      }
    }
    append(text, "before", section("before"));
    append(text, "after", section("after"));
    append(text, "upgrade", upgrade.strip());
    append(text, "downgrade", downgrade.strip());
    if (sections.containsKey("holds")) {
      append(text, "holds", section("holds"));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, String body) {
    text.append("\n").append(SECTION).append(name).append("\n\n").append(body).append("\n");
  }
}
