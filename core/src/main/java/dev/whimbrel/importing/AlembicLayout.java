package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where an Alembic environment has its parts.
 *
 * @param home where its command is to be run
 * @param versions the folders with revisions
 * @param recursive whether their sub-folders count
 * @param table the version table as {@code env.py} says it, empty where it doesn't
 * @param databases the names of a multi-database environment, none for one database
 */
record AlembicLayout(
    Path home, List<Path> versions, boolean recursive, String table, List<String> databases) {
  private static final Pattern ENTRY =
      Pattern.compile("^(?:script_location|version_locations)\\s*=", Pattern.MULTILINE);

  private static final Pattern DATABASE =
      Pattern.compile("^def upgrade_(\\w*)\\(", Pattern.MULTILINE);

  /** What is looked for, for people. */
  static final List<String> LOOKS_FOR =
      List.of(
          "alembic.ini with script_location, or pyproject.toml with [tool.alembic]",
          "env.py beside a folder versions (also Flask-Migrate's migrations/)",
          "*.py files with a line that begins with: revision =");

  /** What configures an environment: values by key, each relative to a directory. */
  private record Config(Path directory, TextFile file, Function<String, Optional<String>> values) {
    static Optional<Config> of(Path file) {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      TextFile text = TextFile.read(file);
      Path directory = folder(file);
      if (!TextFile.name(file).endsWith(".toml")) {
        IniFile ini = IniFile.read(text.text(), directory.toString());
        return Optional.of(new Config(directory, text, key -> ini.find("alembic", key)));
      }
      TomlLines toml = TomlLines.read(text.text());
      return Optional.of(
          new Config(
              directory,
              text,
              key ->
                  toml.find("tool.alembic." + key)
                      .map(value -> value.replace("%(here)s", directory.toString()))));
    }

    Optional<String> find(String key) {
      return values.apply(key);
    }
  }

  static Optional<AlembicLayout> find(Path given) {
    Path directory = Files.isRegularFile(given) ? folder(given) : given;
    List<String> names =
        Files.isRegularFile(given)
            ? List.of(TextFile.name(given))
            : List.of("pyproject.toml", "alembic.ini");
    for (String name : names) {
      Optional<Config> config = Config.of(directory.resolve(name));
      Optional<String> location = config.flatMap(each -> each.find("script_location"));
      if (config.isPresent() && location.isPresent()) {
        Path scripts = place(location.get(), config.get());
        return Optional.of(configured(directory, scripts, config.get()));
      }
    }
    for (Path scripts : List.of(directory, directory.resolve("migrations"))) {
      if (Files.isRegularFile(scripts.resolve("env.py"))
          && Files.isDirectory(scripts.resolve("versions"))) {
        return Optional.of(plain(scripts));
      }
    }
    boolean versions =
        TextFile.in(directory, name -> name.endsWith(".py")).stream()
            .anyMatch(file ->
                PythonModule.read(TextFile.read(file).text()).find("down_revision").isPresent());
    return versions
        ? Optional.of(
            new AlembicLayout(parent(directory), List.of(directory), false, "", List.of()))
        : Optional.empty();
  }

  private static AlembicLayout configured(Path home, Path scripts, Config config) {
    List<Path> versions = new ArrayList<>();
    Optional<String> locations = config.find("version_locations");
    if (locations.isPresent()) {
      for (String each : locations.get().split(separator(config), -1)) {
        if (!each.isBlank()) {
          versions.add(place(each.strip(), config));
        }
      }
    } else {
      versions.add(scripts.resolve("versions"));
    }
    boolean recursive =
        config.find("recursive_version_locations").filter(ForeignTables::isTrue).isPresent();
    List<String> named = databases(config);
    return new AlembicLayout(
        home,
        versions,
        recursive,
        table(scripts),
        named.isEmpty() ? databases(scripts, versions) : named);
  }

  /** What stands between paths: a comma between the items of a list of TOML. */
  private static String separator(Config config) {
    if (TextFile.name(config.file().path()).endsWith(".toml")) {
      return ",";
    }
    Optional<String> name =
        config.find("path_separator").or(() -> config.find("version_path_separator"));
    return switch (name.orElse("")) {
      case "os", ":" -> "[:\n]";
      case ";" -> "[;\n]";
      case "space", "newline" -> "\\s+";
      default -> "(?:,\\s*|\\s+)";
    };
  }

  /** A path, or a folder within a package as {@code package:folder}. */
  private static Path place(String location, Config config) {
    Path directory = config.directory();
    Path path = directory.resolve(location);
    int colon = location.indexOf(':');
    if (!Files.isDirectory(path) && colon > 1) {
      String within = location.substring(0, colon).replace('.', '/');
      String rest = location.substring(colon + 1);
      for (Path root : List.of(directory, directory.resolve("src"), parent(directory))) {
        path = root.resolve(within).resolve(rest);
        if (Files.isDirectory(path)) {
          return path;
        }
      }
    }
    if (!Files.isDirectory(path)) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.alembic-location")
          .with("location", location)
          .with("path", TextFile.shown(path))
          .at(Place.of(config.file().shown(), line(config.file().text())))
          .toException();
    }
    return path;
  }

  private static int line(String text) {
    var entry = ENTRY.matcher(text);
    return entry.find() ? (int) text.substring(0, entry.start()).lines().count() + 1 : 0;
  }

  /** An environment known by its folder; Flask-Migrate keeps alembic.ini in it. */
  private static AlembicLayout plain(Path scripts) {
    Path home = parent(scripts);
    return Config.of(scripts.resolve("alembic.ini"))
        .map(config -> configured(home, scripts, config))
        .orElseGet(() ->
            new AlembicLayout(
                home, List.of(scripts.resolve("versions")), false, table(scripts), List.of()));
  }

  private static List<String> databases(Config config) {
    return config.find("databases").stream()
        .flatMap(names -> Pattern.compile("[,\\s]+").splitAsStream(names))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Newer Flask-Migrates ask the application; its revisions have a function for each database. */
  private static List<String> databases(Path scripts, List<Path> versions) {
    Path env = scripts.resolve("env.py");
    if (!Files.isRegularFile(env) || !TextFile.read(env).text().contains("engine_name")) {
      return List.of();
    }
    return versions.stream()
        .flatMap(folder -> TextFile.below(folder, name -> name.endsWith(".py")).stream())
        .flatMap(file -> DATABASE.matcher(TextFile.read(file).text()).results())
        .map(function -> function.group(1))
        .distinct()
        .toList();
  }

  private static String table(Path scripts) {
    Path env = scripts.resolve("env.py");
    if (!Files.isRegularFile(env)) {
      return "";
    }
    PythonModule module = PythonModule.read(TextFile.read(env).text());
    String table = module.keyword("version_table").orElse("");
    String schema = module.keyword("version_table_schema").orElse("");
    return schema.isEmpty() || table.isEmpty() ? table : schema + "." + table;
  }

  private static Path parent(Path directory) {
    Path parent = directory.toAbsolutePath().normalize().getParent();
    return parent == null ? directory : parent;
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
