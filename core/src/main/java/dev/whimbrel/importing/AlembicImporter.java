package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.revision.Draft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alembic, and Flask-Migrate, which is Alembic in a folder of its own. */
final class AlembicImporter implements Importer {
  @Override
  public String word() {
    return "alembic";
  }

  @Override
  public String tool() {
    return "Alembic";
  }

  @Override
  public List<String> looksFor() {
    return AlembicLayout.LOOKS_FOR;
  }

  @Override
  public boolean recognises(Path directory) {
    return AlembicLayout.find(directory).isPresent();
  }

  @Override
  public Imported read(ImportRequest request) {
    AlembicLayout layout =
        AlembicLayout.find(request.directory())
            .orElseThrow(() -> Importers.notHere(this, request.directory()));
    List<AlembicFile> files = files(layout, request);
    if (files.isEmpty()) {
      throw Importers.notHere(this, request.directory());
    }
    List<String> notes = new ArrayList<>();
    if (!layout.databases().isEmpty() && request.sql().isEmpty()) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.alembic-databases")
          .with(
              "databases",
              String.join(
                  ", ",
                  layout.databases().stream()
                      .map(name -> name.isEmpty() ? "the default one" : name)
                      .toList()))
          .with(
              "scripts",
              String.join(" and ", layout.databases().stream().map(n -> n + ".sql").toList()))
          .with("last", layout.databases().getLast())
          .at(Place.of(TextFile.shown(request.directory())))
          .toException();
    }
    AlembicSql sql = new AlembicSql(request, layout, files, notes);
    List<Imported.One> revisions = new ArrayList<>();
    List<AlembicFile> idle = new ArrayList<>();
    for (AlembicFile file : files) {
      revisions.add(one(file, sql));
      if (sql.upgrade(file.id()).isEmpty() && file.parents().size() < 2) {
        idle.add(file);
      }
    }
    AlembicFile.note(
        idle, "without SQL to go up; what they do in Python, if anything, is not here", notes);
    return new Imported(revisions, notes, layout.table());
  }

  private static List<AlembicFile> files(AlembicLayout layout, ImportRequest request) {
    Map<String, AlembicFile> files = new LinkedHashMap<>();
    for (Path folder : layout.versions()) {
      List<Path> found =
          layout.recursive()
              ? TextFile.below(folder, AlembicImporter::isScript)
              : TextFile.in(folder, AlembicImporter::isScript);
      for (Path path : found) {
        AlembicFile file = AlembicFile.read(path, request);
        if (file != null) {
          AlembicFile earlier = files.putIfAbsent(file.id(), file);
          if (earlier != null) {
            throw Problem.of(ErrorCode.E_SOURCE, "import.twice")
                .with("version", file.id())
                .with("other", earlier.shown())
                .at(Place.of(file.shown(), file.line()))
                .toException();
          }
        }
      }
    }
    return List.copyOf(files.values());
  }

  private static boolean isScript(String name) {
    return name.endsWith(".py") && !name.startsWith(".") && !name.equals("__init__.py");
  }

  private static Imported.One one(AlembicFile file, AlembicSql sql) {
    String upgrade = sql.upgrade(file.id());
    String downgrade = sql.downgrade(file.id());
    boolean merge = file.parents().size() > 1;
    Draft draft =
        new Draft(
            file.id(),
            file.parents(),
            file.message(),
            file.created(),
            file.labels(),
            file.depends(),
            null,
            "whimbrel import alembic",
            List.of("Imported from " + TextFile.name(Path.of(file.shown())) + "."),
            upgrade,
            downgrade == null && merge ? "" : downgrade);
    return new Imported.One(draft, file.id(), "", file.shown());
  }

  @Override
  public List<String> columns() {
    return List.of("version_num");
  }

  @Override
  public boolean keeps(ForeignTable table) {
    return table.columns().size() == 1;
  }

  @Override
  public Standing judge(Imported imported, List<Map<String, String>> rows) {
    Standing.Builder standing = new Standing.Builder();
    Map<String, Imported.One> files = imported.byKey();
    for (Map<String, String> row : rows) {
      String version = row.getOrDefault("version_num", "");
      if (files.containsKey(version)) {
        standing.applied(version);
      } else {
        standing.problem(
            Problem.of(ErrorCode.E_DIVERGED, "import.unknown-version")
                .with("tool", tool())
                .with("version", version)
                .with(
                    "nearest",
                    Nearest.to(version, files.keySet())
                        .map(near -> " The nearest there is: " + near + ".")
                        .orElse(""))
                .build());
      }
    }
    return standing.build(true);
  }
}
