package dev.whimbrel.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs the everyday commands once in one process, for the JVM to remember which classes they need:
 * the build of the distribution starts it.
 */
final class Training {
  private static final List<String> LOOK = List.of("deploy", "status");
  private static final List<String> DEPLOY =
      List.of("status", "deploy", "verify", "downgrade -1 --yes");
  private static final List<String> DEVELOP =
      List.of(
          "deploy",
          "migrate -m Third",
          "lint",
          "status",
          "simulate",
          "upgrade",
          "check",
          "verify",
          "diff rev:base rev:head",
          "history",
          "show head",
          "downgrade -2 --yes",
          "--help");

  private Training() {}

  /**
   * Runs them.
   *
   * @param arguments {@code look} and projects, each with the URL of its database, of which nothing
   *     is pending; or {@code deploy} or {@code develop}, a project with a pending revision and a
   *     schema that is ahead of it, and its URL
   */
  public static void main(String[] arguments) {
    switch (arguments[0]) {
      case "deploy" -> all(DEPLOY, arguments[1], arguments[2]);
      case "develop" -> all(DEVELOP, arguments[1], arguments[2]);
      default -> {
        for (int i = 1; i < arguments.length; i += 2) {
          all(LOOK, arguments[i], arguments[i + 1]);
        }
        run("--version");
      }
    }
  }

  private static void all(List<String> commands, String project, String url) {
    for (String command : commands) {
      List<String> line = new ArrayList<>(List.of("-C", project, "--url", url));
      line.addAll(List.of(command.split(" ", -1)));
      run(line.toArray(new String[0]));
    }
  }

  /** As the launcher starts it, so that the cache has what Main itself needs. */
  private static void run(String... command) {
    Main.main(command);
  }
}
