package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  /** What is looked for, for people. */
  static final List<String> LOOKS_FOR =
      List.of(
          "alembic.ini with script_location, or pyproject.toml with [tool.alembic]",
          "env.py beside a folder versions (also Flask-Migrate's migrations/)",
          "*.py files with a line that begins with: revision =");

  static Optional<AlembicLayout> find(Path given) {
    Path directory = Files.isRegularFile(given) ? parent(given) : given;
    String ini = Files.isRegularFile(given) ? TextFile.name(given) : "alembic.ini";
    if (Files.isRegularFile(directory.resolve(ini))) {
      TextFile file = TextFile.read(directory.resolve(ini));
      IniFile config = IniFile.read(file.text(), directory.toString());
      if (config.find("alembic", "script_location").isPresent()) {
        return Optional.of(configured(directory, config, file));
      }
    }
    Optional<AlembicLayout> project = project(directory);
    if (project.isPresent()) {
      return project;
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

  private static AlembicLayout configured(Path directory, IniFile config, TextFile ini) {
    String location = config.find("alembic", "script_location").orElseThrow();
    Path scripts = place(directory, location, ini);
    List<Path> versions = new ArrayList<>();
    Optional<String> locations = config.find("alembic", "version_locations");
    if (locations.isPresent()) {
      String separator =
          config
              .find("alembic", "path_separator")
              .or(() -> config.find("alembic", "version_path_separator"))
              .orElse("");
      for (String each : locations.get().split(separator(separator), -1)) {
        if (!each.isBlank()) {
          versions.add(place(directory, each.strip(), ini));
        }
      }
    } else {
      versions.add(scripts.resolve("versions"));
    }
    boolean recursive =
        config
            .find("alembic", "recursive_version_locations")
            .filter(ForeignTables::isTrue)
            .isPresent();
    return new AlembicLayout(directory, versions, recursive, table(scripts), databases(config));
  }

  private static String separator(String name) {
    return switch (name) {
      case "os", ":" -> "[:\n]";
      case ";" -> "[;\n]";
      case "space", "newline" -> "\\s+";
      default -> "(?:,\\s*|\\s+)";
    };
  }

  /** A path, or a folder within a package as {@code package:folder}. */
  private static Path place(Path directory, String location, TextFile ini) {
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
          .at(Place.of(ini.shown(), line(ini.text())))
          .toException();
    }
    return path;
  }

  private static int line(String text) {
    var entry = ENTRY.matcher(text);
    return entry.find() ? (int) text.substring(0, entry.start()).lines().count() + 1 : 0;
  }

  private static Optional<AlembicLayout> project(Path directory) {
    Path file = directory.resolve("pyproject.toml");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    TomlLines toml = TomlLines.read(TextFile.read(file).text());
    return toml.find("tool.alembic.script_location")
        .map(location -> location.replace("%(here)s", directory.toString()))
        .map(directory::resolve)
        .filter(Files::isDirectory)
        .map(AlembicLayout::plain)
        .map(layout ->
            new AlembicLayout(
                directory, layout.versions(), layout.recursive(), layout.table(), List.of()));
  }

  /** An environment known by its folder; Flask-Migrate keeps alembic.ini in it. */
  private static AlembicLayout plain(Path scripts) {
    Path ini = scripts.resolve("alembic.ini");
    @Nullable IniFile config =
        Files.isRegularFile(ini)
            ? IniFile.read(TextFile.read(ini).text(), scripts.toString())
            : null;
    return new AlembicLayout(
        parent(scripts),
        List.of(scripts.resolve("versions")),
        false,
        table(scripts),
        config == null ? List.of() : databases(config));
  }

  private static List<String> databases(IniFile config) {
    return config.find("alembic", "databases").stream()
        .flatMap(names -> Pattern.compile("[,\\s]+").splitAsStream(names))
        .filter(name -> !name.isEmpty())
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
}
