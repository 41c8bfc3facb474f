package dev.whimbrel.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Another tool's program, to be run. */
@FunctionalInterface
public interface ForeignCommand {
  /**
   * Runs it to its end.
   *
   * @param directory where it is run
   * @param arguments after those it has by itself
   * @param variables to be added to its environment; one whose name ends in {@code PATH} is put in
   *     front of what is there
   * @return what it printed
   * @throws dev.whimbrel.error.WhimbrelException E_SOURCE with what it said when it fails
   */
  String run(Path directory, List<String> arguments, Map<String, String> variables);
}
