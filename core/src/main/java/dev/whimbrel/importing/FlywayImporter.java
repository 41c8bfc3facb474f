package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.revision.Draft;
import dev.whimbrel.revision.RevisionWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Flyway: versions become a chain, undo migrations the way down, repeatable ones come last. */
final class FlywayImporter implements Importer {
  private static final String CALLBACK =
      "(?:before|after)(?:Each)?(?:Migrate|Undo|Clean|Info|Validate|Baseline|Repair|Versioned"
          + "|Repeatables|CreateSchema|Connect).*\\.sql|createSchema.*\\.sql";

  @Override
  public String word() {
    return "flyway";
  }

  @Override
  public String tool() {
    return "Flyway";
  }

  @Override
  public List<String> looksFor() {
    return List.of(
        "flyway.toml, flyway.conf or application.properties with flyway.locations",
        "src/main/resources/db/migration, db/migration or sql",
        "files named V1__words.sql, U1__words.sql, R__words.sql or B1__words.sql");
  }

  @Override
  public boolean recognises(Path directory) {
    FlywaySettings settings = FlywaySettings.read(directory, Map.of());
    try {
      return settings.locations().stream()
          .flatMap(place -> TextFile.below(place, name -> name.endsWith(".sql")).stream())
          .anyMatch(file -> TextFile.name(file).matches("[VR][0-9._]*__.*"));
    } catch (dev.whimbrel.error.WhimbrelException e) {
      return false;
    }
  }

  @Override
  public Imported read(ImportRequest request) {
    FlywaySettings settings = FlywaySettings.read(request.directory(), request.settings());
    List<String> notes = new ArrayList<>();
    Found found = new Found();
    for (Path place : settings.locations()) {
      for (Path path : TextFile.below(place, name -> true)) {
        FlywayFile file = FlywayFile.read(path, settings);
        if (file != null) {
          found.add(file);
          if (file.isCode()) {
            notes.add(NumberedFiles.code(file.shown()));
          }
        } else if (TextFile.name(path).matches(CALLBACK)) {
          notes.add(TextFile.shown(path) + " is a callback, which is not brought over");
        }
      }
    }
    if (found.isEmpty()) {
      throw Importers.notHere(this, request.directory());
    }
    found.startAtBaseline(notes);
    return new Imported(new Chain(request, settings).of(found), notes, settings.value("table", ""));
  }

  /** The migrations of all locations, sorted. */
  private static final class Found {
    private final TreeMap<FlywayVersion, FlywayFile> versioned = new TreeMap<>();
    private final TreeMap<FlywayVersion, FlywayFile> undo = new TreeMap<>();
    private final TreeMap<FlywayVersion, FlywayFile> baseline = new TreeMap<>();
    private final TreeMap<String, FlywayFile> repeatable = new TreeMap<>();

    void add(FlywayFile file) {
      FlywayVersion version = file.version();
      FlywayFile earlier =
          version == null
              ? repeatable.putIfAbsent(file.description(), file)
              : switch (file.kind()) {
                case VERSIONED -> versioned.putIfAbsent(version, file);
                case UNDO -> undo.putIfAbsent(version, file);
                case BASELINE -> baseline.putIfAbsent(version, file);
                case REPEATABLE -> null;
              };
      if (earlier != null) {
        throw Problem.of(ErrorCode.E_SOURCE, "import.twice")
            .with("version", version == null ? file.description() : version.text())
            .with("other", earlier.shown())
            .at(Place.of(file.shown()))
            .toException();
      }
    }

    boolean isEmpty() {
      return versioned.isEmpty() && repeatable.isEmpty() && baseline.isEmpty();
    }

    /** A baseline stands for the versions up to it, and is needed where those are gone. */
    void startAtBaseline(List<String> notes) {
      if (baseline.isEmpty()) {
        return;
      }
      var newest = baseline.lastEntry();
      if (versioned.headMap(newest.getKey(), true).isEmpty()) {
        versioned.put(newest.getKey(), newest.getValue());
      } else {
        notes.add(
            newest.getValue().shown()
                + " stands for the versions up to it, which are all here: left out");
      }
    }
  }

  /** Makes the chain. */
  private record Chain(ImportRequest request, FlywaySettings settings) {
    List<Imported.One> of(Found found) {
      List<Imported.One> chain = new ArrayList<>();
      for (FlywayFile file : found.versioned.values()) {
        FlywayVersion version = file.version();
        chain.add(one(file, version == null ? null : found.undo.get(version), parent(chain)));
      }
      for (FlywayFile file : found.repeatable.values()) {
        chain.add(one(file, null, List.of()));
      }
      return chain;
    }

    private static List<String> parent(List<Imported.One> chain) {
      return chain.isEmpty() ? List.of() : List.of(chain.getLast().draft().id());
    }

    private Imported.One one(FlywayFile file, @Nullable FlywayFile undo, List<String> parents) {
      boolean repeatable = file.version() == null;
      String sql = file.replaced(settings);
      String body = (parents.isEmpty() && !repeatable ? schemas() : "") + body(file, sql);
      String message = file.description().isBlank() ? file.id() : file.description();
      Draft draft =
          new Draft(
              file.id(),
              parents,
              Named.message(message, 200),
              Named.time(file.id()),
              List.of(),
              List.of(),
              null,
              "whimbrel import flyway",
              List.of("Imported from " + TextFile.name(file.path()) + "."),
              repeatable ? RevisionWriter.REPEATABLE + body : body,
              undo == null ? null : body(undo, undo.replaced(settings)));
      String key = repeatable ? "R:" + file.description() : file.id();
      return new Imported.One(draft, key, file.checksum(settings), file.shown());
    }

    private String body(FlywayFile file, String sql) {
      return file.isCode()
          ? ""
          : searchPath()
              + ScriptEditor.body(request.lexis(), file.shown(), 1, sql, file.withoutTransaction());
    }

    /** Flyway works in its default schema, and makes all of its schemas before it begins. */
    private String searchPath() {
      List<String> schemas = settings.schemas();
      return schemas.isEmpty() || !movesAway() || schemas.get(0).equals("public")
          ? ""
          : "set search_path to %s, \"$user\", public;\n\n".formatted(quoted(schemas.get(0)));
    }

    private String schemas() {
      StringBuilder sql = new StringBuilder();
      if (movesAway() && settings.flag("createSchemas", true)) {
        settings.schemas().stream()
            .filter(name -> !name.equals("public"))
            .forEach(name ->
                sql.append("create schema if not exists ").append(quoted(name)).append(";\n"));
      }
      return sql.isEmpty() ? "" : sql.append('\n').toString();
    }

    private boolean movesAway() {
      return request.engine().equals("postgresql");
    }

    private static String quoted(String name) {
      return '"' + name.replace("\"", "\"\"") + '"';
    }
  }

  @Override
  public List<String> columns() {
    return List.of("installed_rank", "script", "success", "checksum", "type");
  }

  @Override
  public boolean keeps(ForeignTable table) {
    return true;
  }

  @Override
  public Standing judge(Imported imported, List<Map<String, String>> rows) {
    Standing.Builder standing = new Standing.Builder();
    Map<String, Map<String, String>> state = state(rows, standing);
    FlywayVersion base = baseline(state);
    for (Imported.One one : imported.revisions()) {
      boolean repeatable = one.key().startsWith("R:");
      Map<String, String> row = state.remove(rowKey(one.key()));
      boolean below =
          !repeatable && base != null && FlywayVersion.of(one.key()).compareTo(base) <= 0;
      if (row != null || below) {
        standing.applied(one.draft().id());
      }
      if (row != null) {
        compare(one, row, repeatable, standing);
      }
    }
    state.values().forEach(row -> missing(row, standing));
    return standing.build(false);
  }

  private static String rowKey(String key) {
    return key.startsWith("R:") ? key : "V:" + canonical(key);
  }

  private static String canonical(String version) {
    return version.replaceAll("(\\.0+)+$", "").replaceAll("(^|\\.)0+(?=\\d)", "$1");
  }

  /** The last word on each version, failures told. */
  private static Map<String, Map<String, String>> state(
      List<Map<String, String>> rows, Standing.Builder standing) {
    Map<String, Map<String, String>> state = new LinkedHashMap<>();
    for (Map<String, String> row : ForeignTables.ordered(rows, "installed_rank")) {
      String version = row.get("version");
      String type = row.getOrDefault("type", "");
      String key =
          version == null
              ? "R:" + row.getOrDefault("description", "")
              : "V:" + (FlywayVersion.isOne(version) ? canonical(version) : version);
      if (type.equals("SCHEMA")) {
        standing.note("Flyway made schemas before its first migration: " + row.get("script"));
        continue;
      }
      if (!ForeignTables.isTrue(row.getOrDefault("success", "false"))) {
        standing.problem(
            Problem.of(ErrorCode.E_INTERRUPTED, "import.failed-row")
                .with("tool", "Flyway")
                .with("version", version == null ? row.getOrDefault("description", "") : version)
                .with("file", row.getOrDefault("script", ""))
                .with("mend", "flyway repair")
                .build());
      } else if (type.startsWith("UNDO") || type.equals("DELETE")) {
        state.remove(key);
      } else {
        state.put(key, row);
      }
    }
    return state;
  }

  private static @Nullable FlywayVersion baseline(Map<String, Map<String, String>> state) {
    FlywayVersion newest = null;
    for (Map<String, String> row : List.copyOf(state.values())) {
      String version = row.getOrDefault("version", "");
      if (row.getOrDefault("type", "").endsWith("BASELINE") && FlywayVersion.isOne(version)) {
        FlywayVersion found = FlywayVersion.of(version);
        newest = newest == null || found.compareTo(newest) > 0 ? found : newest;
        if (row.getOrDefault("type", "").equals("BASELINE")) {
          state.remove("V:" + canonical(version));
        }
      }
    }
    return newest;
  }

  private static void compare(
      Imported.One one, Map<String, String> row, boolean repeatable, Standing.Builder standing) {
    String recorded = row.get("checksum");
    if (recorded == null
        || one.checksum().isEmpty()
        || row.getOrDefault("type", "").endsWith("BASELINE")) {
      return;
    }
    if (recorded.equals(one.checksum())) {
      standing.equalChecksum();
    } else if (repeatable) {
      standing.problem(NumberedFiles.changed("Flyway", one, "flyway migrate"));
    } else {
      standing.problem(
          Problem.of(ErrorCode.E_DIVERGED, "import.checksum")
              .with("tool", "Flyway")
              .with("version", one.key())
              .with("file", one.file())
              .with("now", one.checksum())
              .with("recorded", recorded)
              .with("why", why(Path.of(one.file()), recorded))
              .with("mend", "If the change is harmless, run flyway repair first.")
              .at(Place.of(one.file()))
              .build());
    }
  }

  /** Line ends never count with Flyway, so it is the encoding or the text itself. */
  private static String why(Path file, String recorded) {
    String latin = TextFile.read(file, java.nio.charset.StandardCharsets.ISO_8859_1).text();
    String trimmed =
        String.join("\n", TextFile.read(file).text().lines().map(String::stripTrailing).toList());
    if (FlywayFile.checksum(latin).equals(recorded)) {
      return "It was applied as ISO-8859-1: give the encoding with --set flyway.encoding=...";
    }
    return FlywayFile.checksum(trimmed).equals(recorded)
        ? "Only white space at the ends of lines was added since."
        : "Line ends don't count here, so it was edited after it was applied.";
  }

  private static void missing(Map<String, String> row, Standing.Builder standing) {
    String type = row.getOrDefault("type", "");
    String version = row.get("version");
    if (version == null) {
      standing.note("repeatable \"" + row.get("description") + "\" was applied and has no file");
      return;
    }
    standing.problem(
        Problem.of(
                ErrorCode.E_DIVERGED,
                type.equals("SQL") || type.endsWith("BASELINE")
                    ? "import.no-file"
                    : "import.no-sql")
            .with("tool", "Flyway")
            .with("version", version)
            .with("file", row.getOrDefault("script", ""))
            .with("kind", type)
            .build());
  }
}
