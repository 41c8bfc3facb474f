package dev.whimbrel.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs the everyday commands once in one process, for the JVM to remember which classes they need:
 * the build of the distribution starts it.
 */
final class Training {
  private Training() {}

  /**
   * Runs them.
   *
   * @param arguments projects, each with the URL of its database; or {@code work}, a project with a
   *     schema that is ahead of its revisions, and its URL: then also what people do
   */
  public static void main(String[] arguments) {
    if (arguments[0].equals("work")) {
      work("-C", arguments[1], "--url", arguments[2]);
      return;
    }
    for (int i = 0; i < arguments.length; i += 2) {
      run("-C", arguments[i], "deploy", "--url", arguments[i + 1]);
      run("-C", arguments[i], "status", "--url", arguments[i + 1]);
    }
    run("--version");
  }

  private static void work(String... globals) {
    List<List<String>> commands =
        List.of(
            List.of("migrate", "-m", "Second"),
            List.of("lint"),
            List.of("status"),
            List.of("simulate"),
            List.of("upgrade"),
            List.of("check"),
            List.of("verify"),
            List.of("diff", "rev:base", "rev:head"),
            List.of("history"),
            List.of("show", "head"),
            List.of("downgrade", "-1", "--yes"),
            List.of("--help"));
    for (List<String> command : commands) {
      List<String> line = new ArrayList<>(List.of(globals));
      line.addAll(command);
      run(line.toArray(new String[0]));
    }
  }

  /** As the launcher starts it, so that the cache has what Main itself needs. */
  private static void run(String... command) {
    Main.main(command);
  }
}
