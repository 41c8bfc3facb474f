package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The changelogs of a project: in formatted SQL, and in XML, YAML or JSON. Where those of the
 * second kind only include the others, they say the order.
 */
final class LiquibaseChangelogs {
  private static final Pattern INCLUDE =
      Pattern.compile(
          "(?:<|\"|-\\s+)(includeAll|include)\\b[^>}]*?\\b(?:file|path)\"?\\s*[:=]\\s*"
              + "(\"[^\"]*\"|'[^']*'|[^\\s,}>]+)");
  private static final Pattern CHANGESET = Pattern.compile("(?:<|\"|-\\s+)changeSet\\b");
  private static final Pattern PROPERTY =
      Pattern.compile("(?:<|\"|-\\s+)property\\b([^>}]*?)(?=[>}]|\\n\\s*-|\\z)");
  private static final Pattern SAYS =
      Pattern.compile("\\b(name|value|dbms)\"?\\s*[:=]\\s*(\"[^\"]*\"|'[^']*'|[^\\s,}>]+)");

  private final Path given;
  private final List<Path> formatted;
  private final List<Path> others;

  private LiquibaseChangelogs(Path given, List<Path> formatted, List<Path> others) {
    this.given = given;
    this.formatted = formatted;
    this.others = others;
  }

  /** Those below a directory, in the order of their paths, or the one file given. */
  static LiquibaseChangelogs in(Path given) {
    return new LiquibaseChangelogs(
        given,
        files(given, ".*\\.sql", LiquibaseFormatted::isOne),
        files(
            given,
            ".*\\.(xml|ya?ml|json)",
            text -> text.lines().anyMatch(line -> line.contains("databaseChangeLog"))));
  }

  private static List<Path> files(Path given, String name, Predicate<String> wanted) {
    List<Path> files =
        Files.isRegularFile(given)
            ? List.of(given)
            : TextFile.below(given, each -> each.matches(name));
    return files.stream()
        .filter(file -> TextFile.name(file).matches(name))
        .filter(file -> wanted.test(TextFile.raw(file)))
        .toList();
  }

  boolean isEmpty() {
    return formatted.isEmpty() && others.isEmpty();
  }

  /** Those in XML, YAML and JSON. */
  List<TextFile> others() {
    return others.stream().map(TextFile::read).toList();
  }

  /** What they say stands for {@code ${name}} on an engine; the first one that says it counts. */
  Map<String, String> properties(Predicate<String> isForEngine) {
    Map<String, String> properties = new HashMap<>();
    for (TextFile file : others()) {
      Matcher each = PROPERTY.matcher(file.text());
      while (each.find()) {
        Map<String, String> found = new HashMap<>();
        SAYS.matcher(each.group(1))
            .results()
            .forEach(said -> found.put(said.group(1), unquoted(said.group(2))));
        String name = found.get("name");
        if (name != null && isForEngine.test(found.getOrDefault("dbms", ""))) {
          properties.putIfAbsent(name, found.getOrDefault("value", ""));
        }
      }
    }
    return properties;
  }

  /**
   * The files in formatted SQL in the order in which they run.
   *
   * @param notes gets a line for each that no changelog includes
   * @throws dev.whimbrel.error.WhimbrelException where changesets stand in XML, YAML or JSON: only
   *     Liquibase knows their SQL
   */
  List<Path> ordered(String engine, List<String> notes) {
    for (TextFile other : others()) {
      if (CHANGESET.matcher(other.text()).find()) {
        throw printed(other, engine);
      }
    }
    if (others.isEmpty()) {
      return formatted;
    }
    Set<Path> reached = new LinkedHashSet<>();
    Set<Path> included = new LinkedHashSet<>();
    others.forEach(master -> included.addAll(includes(master)));
    others.stream()
        .filter(master -> !included.contains(plain(master)))
        .forEach(master -> follow(plain(master), reached));
    for (Path file : formatted) {
      if (!reached.contains(plain(file))) {
        notes.add(TextFile.shown(file) + " is left out: no changelog includes it");
      }
    }
    Map<Path, Path> asGiven = new HashMap<>();
    formatted.forEach(file -> asGiven.put(plain(file), file));
    return reached.stream()
        .filter(LiquibaseChangelogs::isSql)
        .map(file -> asGiven.getOrDefault(file, file))
        .toList();
  }

  private RuntimeException printed(TextFile other, String engine) {
    return Problem.of(ErrorCode.E_SOURCE, "import.liquibase-printed")
        .with("file", other.shown())
        .with("engine", engine)
        .with("directory", TextFile.shown(given))
        .at(Place.of(other.shown()))
        .toException();
  }

  private void follow(Path file, Set<Path> reached) {
    if (reached.add(file) && !isSql(file)) {
      includes(file).forEach(next -> follow(next, reached));
    }
  }

  private static List<Path> includes(Path master) {
    List<Path> included = new ArrayList<>();
    for (MatchResult each : INCLUDE.matcher(TextFile.read(master).text()).results().toList()) {
      Path target = resolved(master, unquoted(each.group(2)));
      if (target == null) {
        throw Problem.of(ErrorCode.E_FILE, "import.unreadable")
            .with("path", unquoted(each.group(2)))
            .with("reason", TextFile.shown(master) + " includes it, and it does not exist")
            .at(Place.of(TextFile.shown(master)))
            .toException();
      }
      if (Files.isDirectory(target)) {
        LiquibaseChangelogs all = in(target);
        List<Path> sorted = new ArrayList<>(all.formatted);
        sorted.addAll(all.others);
        sorted.stream().sorted().map(LiquibaseChangelogs::plain).forEach(included::add);
      } else {
        included.add(plain(target));
      }
    }
    return included;
  }

  /**
   * Beside the changelog, or below one of the folders around it: the root of a class path is one.
   */
  private static @Nullable Path resolved(Path master, String name) {
    String path = name.replaceFirst("^classpath\\*?:", "").replaceFirst("^/+", "");
    for (Path folder = plain(master).getParent(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(path))) {
        return folder.resolve(path);
      }
    }
    return null;
  }

  private static boolean isSql(Path file) {
    return file.toString().endsWith(".sql");
  }

  private static Path plain(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String unquoted(String text) {
    return text.replaceAll("^[\"']|[\"']$", "");
  }
}
