package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.revision.FileName;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A migration of Flyway.
 *
 * @param version null for a repeatable one
 * @param text without a byte order mark, placeholders as they stand
 */
record FlywayFile(
    Kind kind, @Nullable FlywayVersion version, String description, Path path, String text) {
  /** What a migration is for. */
  enum Kind {
    VERSIONED,
    UNDO,
    BASELINE,
    REPEATABLE
  }

  private static final List<String> CODE = List.of(".java", ".kt", ".groovy");

  /** Reads a file; null where its name is none of a migration. */
  static @Nullable FlywayFile read(Path path, FlywaySettings settings) {
    String name = TextFile.name(path);
    Optional<String> suffix =
        Stream.concat(settings.suffixes().stream(), CODE.stream())
            .filter(name::endsWith)
            .findFirst();
    if (suffix.isEmpty()) {
      return null;
    }
    String stem = name.substring(0, name.length() - suffix.get().length());
    String separator = settings.value("sqlMigrationSeparator", "__");
    Map<Kind, String> prefixes =
        Map.of(
            Kind.VERSIONED, settings.value("sqlMigrationPrefix", "V"),
            Kind.UNDO, settings.value("undoSqlMigrationPrefix", "U"),
            Kind.BASELINE, settings.value("baselineMigrationPrefix", "B"),
            Kind.REPEATABLE, settings.value("repeatableSqlMigrationPrefix", "R"));
    for (Kind kind : Kind.values()) {
      String prefix = prefixes.getOrDefault(kind, "");
      if (!prefix.isEmpty() && stem.startsWith(prefix)) {
        String rest = stem.substring(prefix.length());
        int sign = rest.indexOf(separator);
        String version = sign < 0 ? rest : rest.substring(0, sign);
        boolean repeatable = kind == Kind.REPEATABLE;
        if (repeatable ? version.isEmpty() : FlywayVersion.isOne(version)) {
          String words = sign < 0 ? "" : rest.substring(sign + separator.length());
          return new FlywayFile(
              kind,
              repeatable ? null : FlywayVersion.of(version),
              words.replace('_', ' '),
              path,
              isCode(path) ? "" : TextFile.read(path, settings.encoding()).text());
        }
      }
    }
    return null;
  }

  /** Whether it is a program, of which the SQL is not known. */
  boolean isCode() {
    return isCode(path);
  }

  private static boolean isCode(Path path) {
    return CODE.stream().anyMatch(TextFile.name(path)::endsWith);
  }

  /** As Flyway computes it for SQL; empty for code. */
  String checksum(FlywaySettings settings) {
    String counted = kind == Kind.REPEATABLE ? replaced(settings) : text;
    return isCode() ? "" : checksum(counted);
  }

  String shown() {
    return TextFile.shown(path);
  }

  /** CRC32 over the lines without their ends, as Flyway computes it. */
  static String checksum(String text) {
    CRC32 sum = new CRC32();
    text.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
    return Integer.toString((int) sum.getValue());
  }

  /** Whether the file beside it asks for no transaction. */
  boolean withoutTransaction() {
    Path file = path.resolveSibling(TextFile.name(path) + ".conf");
    if (!Files.isRegularFile(file)) {
      return false;
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(TextFile.read(file).text()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("executeInTransaction", "true").strip().equals("false");
  }

  /** The text with its placeholders replaced. */
  String replaced(FlywaySettings settings) {
    if (!settings.flag("placeholderReplacement", true)) {
      return text;
    }
    String prefix = settings.value("placeholderPrefix", "${");
    String suffix = settings.value("placeholderSuffix", "}");
    Pattern form = Pattern.compile(Pattern.quote(prefix) + "([\\w:.\\-]+)" + Pattern.quote(suffix));
    Matcher found = form.matcher(text);
    StringBuilder replaced = new StringBuilder();
    while (found.find()) {
      String value = placeholder(found.group(1), settings);
      if (value == null) {
        int line = (int) text.substring(0, found.start()).chars().filter(c -> c == '\n').count();
        throw Problem.of(ErrorCode.E_SOURCE, "import.placeholder")
            .with("placeholder", found.group())
            .with("name", found.group(1))
            .at(Place.of(shown(), line + 1))
            .toException();
      }
      found.appendReplacement(replaced, Matcher.quoteReplacement(value));
    }
    return found.appendTail(replaced).toString();
  }

  private @Nullable String placeholder(String name, FlywaySettings settings) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    String given = settings.placeholders().get(lower);
    if (given != null) {
      return given;
    }
    return switch (lower) {
      case "flyway:filename" -> TextFile.name(path);
      case "flyway:table" -> settings.value("table", "flyway_schema_history");
      case "flyway:defaultschema" ->
          settings.value("defaultSchema", settings.value("schemas", "public").split(",", 2)[0]);
      default -> null;
    };
  }

  /** The id of the revision it becomes. */
  String id() {
    return version == null
        ? Named.id("R__" + FileName.of(null, "x", description).replaceAll("^x_?|\\.sql$", ""))
        : version.text();
  }
}
