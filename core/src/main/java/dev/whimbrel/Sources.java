package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.revision.MigrationsDirectory;
import dev.whimbrel.revision.RevisionFiles;
import dev.whimbrel.revision.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The revision files, read once for a command and understood when that is needed. */
final class Sources {
  private final Setup setup;
  private final Dialect dialect;
  private final MigrationsDirectory directory;
  private final FutureTask<RevisionFiles> read;
  private @Nullable Graph graph;
  private @Nullable Problem headProblem;

  private Sources(Setup setup, Dialect dialect) {
    this.setup = setup;
    this.dialect = dialect;
    this.directory = new MigrationsDirectory(setup.migrations());
    this.read = new FutureTask<>(directory::files);
  }

  /** Reads and understands them. */
  static Sources read(Setup setup, Dialect dialect) {
    Sources sources = new Sources(setup, dialect);
    sources.read.run();
    sources.graph();
    return sources;
  }

  /**
   * Reads them only, and meanwhile the caller connects; what is wrong with them comes to light when
   * they are asked for.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_FILE} if there is no folder
   */
  static Sources find(Setup setup, Dialect dialect) {
    Sources sources = new Sources(setup, dialect);
    sources.directory.requireThere();
    Thread.ofPlatform().daemon().name("whimbrel-files").start(sources.read);
    return sources;
  }

  MigrationsDirectory directory() {
    return directory;
  }

  Graph graph() {
    Graph known = graph;
    if (known == null) {
      known = Graph.of(found().revisions(dialect.name(), dialect.lexis()));
      String file = setup.migrations().resolve("HEAD").toString();
      headProblem = known.headProblem(directory.head().orElse(null), file).orElse(null);
      graph = known;
    }
    return known;
  }

  /** Changes when any of the files does. */
  String fingerprint() {
    return found().fingerprint();
  }

  private RevisionFiles found() {
    return Tasks.result(read);
  }

  /** How HEAD is out of step; null when it isn't. */
  @Nullable Problem headProblem() {
    graph();
    return headProblem;
  }

  /** The heads of the files, in order of their ids. */
  List<String> latest() {
    List<String> heads = new ArrayList<>(graph().heads());
    heads.sort(null);
    return heads;
  }

  /** What is worth a line wherever the files are used. */
  List<String> warnings() {
    Problem problem = headProblem();
    return problem == null ? List.of() : List.of(problem.problem() + " " + problem.remedy());
  }

  void warn(Setup told) {
    for (String warning : warnings()) {
      told.tell(new Event.Warning(warning));
    }
  }
}
