package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.revision.MigrationsDirectory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The revision files, read once for a command.
 *
 * @param headProblem how HEAD is out of step; null when it isn't
 */
record Sources(MigrationsDirectory directory, Graph graph, @Nullable Problem headProblem) {

  static Sources read(Setup setup, Dialect dialect) {
    MigrationsDirectory directory = new MigrationsDirectory(setup.migrations());
    Graph graph = Graph.of(directory.read(dialect.name(), dialect.lexis()));
    String file = setup.migrations().resolve("HEAD").toString();
    Problem problem = graph.headProblem(directory.head().orElse(null), file).orElse(null);
    return new Sources(directory, graph, problem);
  }

  /** The heads of the files, in order of their ids. */
  List<String> latest() {
    List<String> heads = new ArrayList<>(graph.heads());
    heads.sort(null);
    return heads;
  }

  /** What is worth a line wherever the files are used. */
  List<String> warnings() {
    return headProblem == null
        ? List.of()
        : List.of(headProblem.problem() + " " + headProblem.remedy());
  }

  void warn(Setup setup) {
    for (String warning : warnings()) {
      setup.tell(new Event.Warning(warning));
    }
  }
}
