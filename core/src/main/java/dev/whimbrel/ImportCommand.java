package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.History;
import dev.whimbrel.importing.ForeignTable;
import dev.whimbrel.importing.ForeignTables;
import dev.whimbrel.importing.ImportRequest;
import dev.whimbrel.importing.Imported;
import dev.whimbrel.importing.Importer;
import dev.whimbrel.importing.Importers;
import dev.whimbrel.importing.Standing;
import dev.whimbrel.revision.MigrationsDirectory;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.RevisionReader;
import dev.whimbrel.revision.RevisionWriter;
import dev.whimbrel.scratch.ScratchProviders;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code import}: another tool's migrations and history, looked at first and written last. */
final class ImportCommand {
  private final Setup setup;
  private final Cancellation cancellation;
  private final Import request;
  private final Dialect dialect;
  private final Importer importer;
  private final List<String> notes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  ImportCommand(Setup setup, Cancellation cancellation, Import request) {
    this.setup = setup;
    this.cancellation = cancellation;
    this.request = request;
    this.dialect = setup.dialect();
    this.importer = Importers.named(request.tool());
  }

  /** What a database was found to be. */
  private record Target(
      Result.Database database,
      @Nullable ForeignTable table,
      List<String> applied,
      int checksums,
      boolean proven,
      boolean recorded) {}

  Result.Imported run() {
    Imported imported = importer.read(foreign()).writtenByHand(there());
    notes.addAll(imported.notes());
    if (!setup.hasDatabase()) {
      return bring(imported, graph(imported), null);
    }
    try (Looking looking = Looking.open(setup, dialect, "whimbrel import")) {
      return bring(imported, looking);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private Result.Imported bring(Imported files, Looking looking) throws SQLException {
    ForeignTable table = table(looking, files);
    if (table == null) {
      notes.add("The database has no table of " + importer.tool() + ", so nothing is adopted.");
      Target nowhere = new Target(looking.database(), null, List.of(), 0, false, false);
      return bring(files, graph(files), nowhere);
    }
    Standing standing = importer.judge(files, ForeignTables.rows(looking.connection(), table));
    Imported plain = files.without(standing.unrun());
    Imported imported = ImportExtensions.made(plain, looking, platform(), notes);
    Graph graph = graph(imported);
    return bring(imported, plain, graph, look(looking, table, standing, graph));
  }

  /** The platform whose own schemas and extensions don't count; empty for none. */
  private String platform() {
    return request.settings().getOrDefault("platform", importer.platform());
  }

  private Result.Imported bring(Imported imported, Graph graph, @Nullable Target target) {
    return bring(imported, imported, graph, target);
  }

  /**
   * Brings revisions over.
   *
   * @param plain the same as they are without a database: such files may be there
   */
  private Result.Imported bring(
      Imported imported, Imported plain, Graph graph, @Nullable Target target) {
    List<Imported.One> missing = missing(imported, plain);
    boolean write = request.write() && problems.isEmpty();
    List<Path> written = write ? write(missing) : List.of();
    boolean adopted = write && request.adopt() && adopt(target, graph);
    return new Result.Imported(
        importer.tool(),
        target == null ? null : target.database(),
        Facts.revisions(graph.revisions()),
        graph.heads(),
        written,
        missing.stream().map(one -> one.draft().id()).toList(),
        target == null || target.table() == null ? "" : target.table().toString(),
        target == null ? List.of() : List.copyOf(graph.headsOf(target.applied())),
        target == null ? 0 : target.checksums(),
        target != null && target.proven(),
        adopted || (target != null && target.recorded()),
        adopted,
        !write,
        notes,
        problems);
  }

  /** Records where the other tool's table says the database is; false where nothing was to do. */
  private boolean adopt(@Nullable Target target, Graph graph) {
    if (target == null || target.recorded() || target.applied().isEmpty()) {
      return false;
    }
    List<String> addresses = new ArrayList<>(graph.headsOf(target.applied()));
    graph.repeatables().stream().filter(target.applied()::contains).forEach(addresses::add);
    new StampCommand(setup, cancellation).run(addresses, false, true);
    return true;
  }

  private ImportRequest foreign() {
    return new ImportRequest(
        request.directory(),
        dialect.name(),
        dialect.lexis(),
        request.sql(),
        request.downgradeSql(),
        request.settings(),
        request.command(),
        this::scratch);
  }

  /** A server of the database's major version, where there is a database. */
  private ScratchServer scratch() {
    int major = 0;
    if (setup.hasDatabase() && dialect.capabilities().majorMatters()) {
      try (Looking looking = Looking.open(setup, dialect, "whimbrel import")) {
        major = looking.connection().getMetaData().getDatabaseMajorVersion();
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }
    return new ScratchProviders(setup.scratch()).open(new ScratchRequest(dialect.name(), major));
  }

  private WhimbrelException unreadable(SQLException e) {
    return Problem.of(ErrorCode.E_STATEMENT, "import.table")
        .with("tool", importer.tool())
        .with("message", dialect.failures().message(e))
        .toException(e);
  }

  /** The imported revisions by themselves; broken links are told with the other tool's files. */
  private Graph graph(Imported imported) {
    RevisionReader reader = new RevisionReader(dialect.lexis());
    List<Revision> revisions = new ArrayList<>();
    for (Imported.One one : imported.revisions()) {
      revisions.add(read(reader, one));
    }
    return Graph.of(revisions);
  }

  /** What is not among the files yet; what is there with other SQL is a problem. */
  private List<Imported.One> missing(Imported imported, Imported plain) {
    List<Revision> there = there();
    RevisionReader reader = new RevisionReader(dialect.lexis());
    boolean observed = "true".equals(request.settings().get("observe"));
    List<Imported.One> missing = new ArrayList<>();
    for (int i = 0; i < imported.revisions().size(); i++) {
      Imported.One one = imported.revisions().get(i);
      Revision file =
          there.stream()
              .filter(each -> each.id().equals(one.draft().id()))
              .findFirst()
              .orElse(null);
      if (file == null) {
        missing.add(one);
      } else {
        Revision now = read(reader, one);
        boolean same =
            now.checksum().equals(file.checksum())
                || read(reader, plain.revisions().get(i)).checksum().equals(file.checksum());
        if (!same && observed) {
          notes.add(
              file.id() + " ran other SQL than the last time; its file is kept: " + file.file());
        }
        if (!(same || observed) || !now.revises().equals(file.revises())) {
          problems.add(
              Problem.of(ErrorCode.E_DIVERGED, "import.exists")
                  .with("id", file.id())
                  .with("file", file.file())
                  .with("foreign", one.file())
                  .at(Place.of(file.file()))
                  .build());
        }
      }
    }
    return missing;
  }

  private List<Revision> there() {
    return Files.isDirectory(setup.migrations())
        ? new MigrationsDirectory(setup.migrations()).read(dialect.name(), dialect.lexis())
        : List.of();
  }

  private static Revision read(RevisionReader reader, Imported.One one) {
    return reader.read(one.file(), RevisionWriter.text(one.draft()));
  }

  private Target look(Looking looking, ForeignTable table, Standing standing, Graph graph) {
    notes.addAll(standing.notes());
    problems.addAll(standing.problems());
    Set<String> closed = graph.ancestors(standing.applied());
    List<String> applied =
        graph.revisions().stream().map(Revision::id).filter(closed::contains).toList();
    if (!standing.heads()) {
      gaps(standing, applied);
    }
    History history = looking.see().history();
    boolean recorded = !applied.isEmpty() && history.revisions().keySet().containsAll(applied);
    boolean proven = problems.isEmpty() && proven(looking, graph, applied, history);
    return new Target(looking.database(), table, applied, standing.checksums(), proven, recorded);
  }

  private @Nullable ForeignTable table(Looking looking, Imported imported) throws SQLException {
    String wanted = request.settings().getOrDefault("table", imported.table());
    List<ForeignTable> tables = ForeignTables.of(looking.connection(), importer);
    for (ForeignTable table : tables) {
      if (table.toString().equals(wanted) || table.name().equals(wanted)) {
        return table;
      }
    }
    if (tables.size() > 1) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.tables")
          .with("tool", importer.tool())
          .with("tables", String.join(", ", tables.stream().map(ForeignTable::toString).toList()))
          .with("first", tables.get(0))
          .toException();
    }
    return tables.isEmpty() ? null : tables.get(0);
  }

  private void gaps(Standing standing, List<String> applied) {
    Set<String> skipped = new LinkedHashSet<>(applied);
    skipped.removeAll(standing.applied());
    if (!skipped.isEmpty()) {
      problems.add(
          Problem.of(ErrorCode.E_DIVERGED, "import.gap")
              .with("tool", importer.tool())
              .with("skipped", String.join(", ", skipped))
              .build());
    }
  }

  private boolean proven(Looking looking, Graph graph, List<String> applied, History history) {
    boolean further = history.exists() && !applied.containsAll(history.revisions().keySet());
    if (applied.isEmpty() || further || (setup.scratch().isEmpty() && !request.adopt())) {
      if (further) {
        notes.add("The database went further since, so its schema is not compared.");
      }
      return false;
    }
    ImportProof proof = new ImportProof(setup, cancellation, looking, platform());
    List<String> differences = proof.differences(graph, applied);
    notes.addAll(proof.notes());
    if (!differences.isEmpty()) {
      problems.add(
          Problem.of(ErrorCode.E_PROOF, "import.proof")
              .with("differences", Refusals.shorten(differences))
              .with("tool", importer.tool())
              .build());
    }
    return differences.isEmpty();
  }

  private List<Path> write(List<Imported.One> missing) {
    MigrationsDirectory directory = new MigrationsDirectory(setup.migrations());
    List<Path> written = new ArrayList<>();
    for (Imported.One one : missing) {
      written.add(directory.write(one.draft()));
    }
    if (!written.isEmpty()) {
      directory.writeHead(Graph.of(directory.read(dialect.name(), dialect.lexis())).heads());
    }
    return written;
  }
}
