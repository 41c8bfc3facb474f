package dev.whimbrel.cli.config;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code whimbrel.toml} into settings by dotted name, each with its place. */
final class ConfigFile {
  private static final long MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 32;

  private final Path path;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private ConfigFile(Path path) {
    this.path = path;
  }

  /**
   * What the file says.
   *
   * @param values one text, or the texts of an array; numbers and flags as they are written
   */
  record Setting(List<String> values, Place place) {}

  /** The settings of a file; none where there is no such file. */
  static Map<String, Setting> read(Path path) {
    if (!Files.exists(path)) {
      return Map.of();
    }
    ConfigFile file = new ConfigFile(path);
    TomlParseResult toml = file.parse();
    file.collect(toml, "");
    return file.settings;
  }

  private TomlParseResult parse() {
    String text = text();
    refuseDepth(text);
    try {
      TomlParseResult toml = Toml.parse(text);
      if (toml.hasErrors()) {
        throw syntax(toml.errors().get(0));
      }
      return toml;
    } catch (TomlParseError e) {
      throw syntax(e);
    }
  }

  /** The parser takes a time that grows much faster than the depth, even of what is broken. */
  private void refuseDepth(String text) {
    int line = 1;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\n' -> line++;
        case '[', '{' -> depth++;
        case ']', '}' -> depth = Math.max(0, depth - 1);
        default -> {
          continue;
        }
      }
      if (depth > DEEPEST) {
        throw Problem.of(ErrorCode.E_CONFIG, "config.syntax")
            .with("reason", "brackets are nested too deeply")
            .at(Place.of(path.toString(), line))
            .toException();
      }
    }
  }

  /** A pipe or a device would never end. */
  private String text() {
    try {
      if (!Files.isRegularFile(path)) {
        throw new IOException("it is not a file");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw new IOException("it is larger than " + MOST_BYTES + " bytes");
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_FILE, "config.unreadable")
          .with("reason", e.getClass().getSimpleName() + ": " + e.getMessage())
          .at(Place.of(path.toString()))
          .toException(e);
    }
  }

  private WhimbrelException syntax(TomlParseError error) {
    return Problem.of(ErrorCode.E_CONFIG, "config.syntax")
        .with("reason", String.valueOf(error.getMessage()))
        .at(place(error.position()))
        .toException(error);
  }

  private void collect(TomlTable table, String prefix) {
    for (String name : table.keySet()) {
      Object value = table.get(List.of(name));
      String dotted = prefix + name;
      Place place = place(table.inputPositionOf(List.of(name)));
      if (value instanceof TomlTable inner && (isTable(dotted) || isProperty(dotted))) {
        collect(inner, dotted + ".");
      } else {
        settings.put(dotted, setting(dotted, value, place));
      }
    }
  }

  private static boolean isTable(String dotted) {
    return dotted.equals("models")
        || (dotted + ".").equals(Keys.PROPERTIES)
        || dotted.equals("scratch")
        || dotted.equals("backup")
        || dotted.equals("env")
        || (dotted.startsWith("env.") && isOfEnvironment(dotted.indexOf('.', 4), dotted));
  }

  private static boolean isOfEnvironment(int end, String dotted) {
    return end < 0 || dotted.substring(end).equals(".backup");
  }

  private static boolean isProperty(String dotted) {
    return dotted.startsWith(Keys.PROPERTIES);
  }

  private Setting setting(String dotted, @Nullable Object value, Place place) {
    Keys.Key key = Keys.find(dotted).orElseThrow(() -> unknown(dotted, place).toException());
    List<String> values = new ArrayList<>();
    if (value instanceof TomlArray array && key.kind() == Keys.Kind.TEXTS) {
      for (int i = 0; i < array.size(); i++) {
        values.add(String.valueOf(array.get(i)));
      }
    } else if (fits(key.kind(), value) || (isProperty(dotted) && isPlain(value))) {
      values.add(String.valueOf(value));
    } else {
      throw Problem.of(ErrorCode.E_CONFIG, "config.type")
          .with("name", dotted)
          .with("wanted", wanted(key.kind()))
          .at(place)
          .toException();
    }
    return new Setting(List.copyOf(values), place);
  }

  private static boolean fits(Keys.Kind kind, @Nullable Object value) {
    return switch (kind) {
      case TEXT, TEXTS -> value instanceof String;
      case DURATION -> value instanceof String || value instanceof Long;
      case NUMBER -> value instanceof Long;
      case FLAG -> value instanceof Boolean;
    };
  }

  /** Whether it needs no quotes. */
  private static boolean isPlain(@Nullable Object value) {
    return value instanceof Boolean || value instanceof Long;
  }

  private static String wanted(Keys.Kind kind) {
    return switch (kind) {
      case TEXT -> "a text in quotes";
      case TEXTS -> "a text in quotes, or a list of them";
      case DURATION -> "a duration such as \"3s\"";
      case NUMBER -> "a whole number";
      case FLAG -> "true or false";
    };
  }

  private static Problem.Builder unknown(String dotted, Place place) {
    String last = dotted.substring(dotted.lastIndexOf('.') + 1);
    List<String> known = Keys.besides(dotted);
    return Problem.of(ErrorCode.E_CONFIG, "config.unknown-key")
        .with("name", dotted)
        .with(
            "nearest",
            Nearest.to(last, known)
                .map("Did you mean \"%s\"?"::formatted)
                .orElse("Known here: " + String.join(", ", known) + "."))
        .at(place);
  }

  private Place place(@Nullable TomlPosition position) {
    return position == null
        ? Place.of(path.toString())
        : Place.of(path.toString(), position.line());
  }
}
