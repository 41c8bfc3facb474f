package dev.whimbrel.cli.config;

import dev.whimbrel.Options;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a project is configured to: {@code whimbrel.toml}, and above it the environment. */
public final class Config {
  private final Path directory;
  private final Map<String, String> environment;
  private final Map<String, ConfigFile.Setting> file;

  private Config(
      Path directory, Map<String, String> environment, Map<String, ConfigFile.Setting> file) {
    this.directory = directory;
    this.environment = environment;
    this.file = file;
  }

  /**
   * Reads the configuration of the project in a directory.
   *
   * @throws WhimbrelException E_CONFIG when the directory does not exist, or the file is wrong
   */
  public static Config read(Path directory, Map<String, String> environment) {
    if (!Files.isDirectory(directory)) {
      throw Problem.of(ErrorCode.E_CONFIG, "config.no-directory")
          .with("directory", directory)
          .toException();
    }
    return new Config(directory, environment, ConfigFile.read(directory.resolve("whimbrel.toml")));
  }

  /** The directory of the revisions, as the user would write it. */
  public Path migrations() {
    return directory.resolve(text("migrations").orElse("migrations"));
  }

  /** The directory of the project. */
  public Path directory() {
    return directory;
  }

  /** A value with its variables filled; the environment wins over the file. */
  public Optional<String> text(String name) {
    List<String> values = texts(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
  }

  /** The values of a list; separated by commas where they come from the environment. */
  public List<String> texts(String name) {
    String variable = variable(name);
    if (variable != null) {
      return Arrays.stream(variable.split(",", -1)).map(String::strip).toList();
    }
    ConfigFile.Setting setting = file.get(name);
    if (setting == null) {
      return List.of();
    }
    Interpolation interpolation = new Interpolation(environment);
    return setting.values().stream()
        .map(value -> interpolation.fill(value, setting.place()))
        .toList();
  }

  /** Whether a key has a value, be it an empty list. */
  public boolean has(String name) {
    return variable(name) != null || file.containsKey(name);
  }

  /** The values of the keys that begin with a prefix, by the rest of their names. */
  public Map<String, String> table(String prefix) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : file.keySet()) {
      if (name.startsWith(prefix)) {
        text(name).ifPresent(value -> values.put(name.substring(prefix.length()), value));
      }
    }
    return values;
  }

  /**
   * A duration such as {@code 2m}.
   *
   * @throws WhimbrelException E_CONFIG when it is none
   */
  public Optional<Duration> duration(String name) {
    return text(name).map(value -> with(Options.defaults(), "deadline", value, name).deadline());
  }

  /** The value of a key's environment variable; null when it is not set, or empty. */
  @Nullable String variable(String name) {
    String value = environment.get(Keys.variableOf(name));
    return value == null || value.isEmpty() ? null : value;
  }

  /** The value of any environment variable; null when it is not set, or empty. */
  @Nullable String plainVariable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * The environment that was named with {@code --env} or {@code WHIMBREL_ENV}; null for none.
   *
   * @throws WhimbrelException E_CONFIG when the file has no such environment
   */
  public @Nullable String named(@Nullable String option) {
    String name = option != null ? option : plainVariable("WHIMBREL_ENV");
    if (name == null || environments().contains(name)) {
      return name;
    }
    if (variable("env." + name + ".url") != null) {
      return name;
    }
    throw Problem.of(ErrorCode.E_CONFIG, "config.unknown-environment")
        .with("name", name)
        .with(
            "nearest",
            Nearest.to(name, environments())
                .map("Did you mean \"%s\"?"::formatted)
                .orElse(
                    environments().isEmpty()
                        ? "There are none yet."
                        : "There are: " + String.join(", ", environments()) + "."))
        .at(Place.of(directory.resolve("whimbrel.toml").toString()))
        .toException();
  }

  /** The names of the environments in the file, sorted. */
  private SortedSet<String> environments() {
    SortedSet<String> names = new TreeSet<>();
    for (String key : file.keySet()) {
      if (key.startsWith("env.")) {
        names.add(key.substring(4, key.indexOf('.', 4)));
      }
    }
    return names;
  }

  /** The facade's options: those of the named environment, of the top, then the defaults. */
  public Options options(@Nullable String named) {
    Options options = Options.defaults();
    for (Keys.Key key : Keys.OPTIONS) {
      String scoped = "env." + named + "." + key.name();
      String name = named != null && !texts(scoped).isEmpty() ? scoped : key.name();
      Optional<String> value = text(name);
      if (value.isPresent()) {
        options = with(options, key.option(), value.get(), name);
      } else if (key.name().equals("environment") && named != null) {
        options = options.with("environment", named);
      } else if (key.name().equals("commit")) {
        options = options.withCommitOf(environment);
      }
    }
    return options;
  }

  private Options with(Options options, String option, String value, String name) {
    ConfigFile.Setting setting = file.get(name);
    try {
      return options.with(option, value);
    } catch (WhimbrelException e) {
      if (setting == null || variable(name) != null) {
        throw Problem.of(ErrorCode.E_CONFIG, "config.variable-value")
            .with("variable", Keys.variableOf(name))
            .with("value", value)
            .with("problem", e.problem().problem())
            .with("remedy", e.problem().remedy())
            .toException(e);
      }
      throw Problem.of(ErrorCode.E_CONFIG, "config.value")
          .with("problem", e.problem().problem())
          .with("remedy", e.problem().remedy())
          .at(setting.place())
          .toException(e);
    }
  }
}
