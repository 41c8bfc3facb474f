package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Flyway's settings, from its files and from the command line; names in lower case. */
final class FlywaySettings {
  private static final List<String> FILES =
      List.of(
          "flyway.toml",
          "flyway.conf",
          "conf/flyway.toml",
          "conf/flyway.conf",
          "application.properties",
          "src/main/resources/application.properties");
  private static final List<String> USUAL =
      List.of("src/main/resources/db/migration", "db/migration", "sql", "");
  private static final Pattern WORD_BREAK = Pattern.compile("-([a-z])");

  private final Path directory;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> placeholders = new HashMap<>();

  private FlywaySettings(Path directory) {
    this.directory = directory;
  }

  static FlywaySettings read(Path directory, Map<String, String> given) {
    FlywaySettings settings = new FlywaySettings(directory);
    for (String name : FILES.reversed()) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        settings.addAll(name.endsWith(".toml") ? toml(file) : properties(file));
      }
    }
    settings.addAll(given);
    return settings;
  }

  private static Map<String, String> toml(Path file) {
    return TomlLines.read(TextFile.read(file).text()).below("flyway.");
  }

  private static Map<String, String> properties(Path file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(TextFile.read(file).text()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> found = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      String plain = name.startsWith("spring.") ? name.substring("spring.".length()) : name;
      if (plain.startsWith("flyway.")) {
        found.put(plain, properties.getProperty(name));
      }
    }
    return found;
  }

  private void addAll(Map<String, String> more) {
    more.forEach((name, value) -> {
      String plain = name.startsWith("flyway.") ? name.substring("flyway.".length()) : name;
      String lower = plain.toLowerCase(Locale.ROOT);
      for (String prefix : List.of("placeholders.", "placeholder.")) {
        if (lower.startsWith(prefix)) {
          placeholders.put(lower.substring(prefix.length()), value);
          return;
        }
      }
      Matcher breaks = WORD_BREAK.matcher(lower);
      values.put(breaks.replaceAll("$1"), value);
    });
  }

  String value(String name, String otherwise) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return ForeignTables.isTrue(value(name, Boolean.toString(otherwise)));
  }

  List<String> suffixes() {
    return List.of(value("sqlMigrationSuffixes", ".sql").split("\\s*,\\s*", -1));
  }

  Map<String, String> placeholders() {
    return placeholders;
  }

  /** The schemas that Flyway is to manage, the default one first; none where it is not told. */
  List<String> schemas() {
    String first = value("defaultSchema", "");
    return Stream.concat(Stream.of(first), Stream.of(value("schemas", "").split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  Charset encoding() {
    String name = value("encoding", "UTF-8");
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /** The folders with migrations: those that are configured, else the first usual one. */
  List<Path> locations() {
    String configured = value("locations", "");
    List<Path> found = new ArrayList<>();
    for (String location : configured.split("\\s*,\\s*", -1)) {
      Path place = location.isBlank() ? null : place(location.strip());
      if (place != null) {
        found.add(place);
      }
      found.addAll(code(location.strip()));
    }
    if (!configured.isBlank() && found.isEmpty()) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.flyway-locations")
          .with("locations", configured)
          .at(Place.of(TextFile.shown(directory)))
          .toException();
    }
    if (!found.isEmpty()) {
      return found;
    }
    for (String usual : USUAL) {
      if (Files.isDirectory(directory.resolve(usual))) {
        found.add(directory.resolve(usual));
        found.addAll(code("classpath:db/migration"));
        return found;
      }
    }
    return List.of(directory);
  }

  /** Where migrations of a class path are that were written as code. */
  private List<Path> code(String location) {
    String path = location.replaceFirst("^classpath:/?", "");
    return location.isBlank() || location.startsWith("filesystem:")
        ? List.of()
        : Stream.of("src/main/java", "src/main/kotlin")
            .map(root -> directory.resolve(root).resolve(path))
            .filter(Files::isDirectory)
            .toList();
  }

  private @Nullable Path place(String location) {
    int colon = location.indexOf(':');
    String kind = colon < 0 ? "classpath" : location.substring(0, colon);
    String path = (colon < 0 ? location : location.substring(colon + 1)).replaceFirst("^/", "");
    List<String> roots =
        kind.equals("filesystem")
            ? List.of("", "..")
            : List.of("src/main/resources", "", "target/classes", "build/resources/main");
    String raw = colon < 0 ? location : location.substring(colon + 1);
    if (kind.equals("filesystem") && Files.isDirectory(Path.of(raw)) && raw.startsWith("/")) {
      return Path.of(raw);
    }
    for (String root : roots) {
      Path candidate = directory.resolve(root).resolve(path).normalize();
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
