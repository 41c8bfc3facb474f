package dev.whimbrel.cli;

import dev.whimbrel.cli.command.Interrupts;
import dev.whimbrel.cli.command.Surroundings;
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
   * @param arguments a project without a {@code whimbrel.toml}, one with, and a database's URL
   *     without and with TLS
   */
  public static void main(String[] arguments) {
    String bare = arguments[0];
    String configured = arguments[1];
    List<List<String>> commands =
        List.of(
            List.of("-C", bare, "deploy", "--url", arguments[2]),
            List.of("-C", configured, "deploy", "--url", arguments[3]),
            List.of("-C", configured, "status", "--url", arguments[3]),
            List.of("--version"));
    for (List<String> command : commands) {
      int exit =
          new Cli(Surroundings.ofProcess(), new Interrupts()).run(command.toArray(String[]::new));
      if (exit != 0) {
        System.exit(exit);
      }
    }
  }
}
