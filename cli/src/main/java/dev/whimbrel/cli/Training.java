package dev.whimbrel.cli;

/**
 * Runs the everyday commands once in one process, for the JVM to remember which classes they need:
 * the build of the distribution starts it.
 */
final class Training {
  private Training() {}

  /**
   * Runs them.
   *
   * @param arguments projects, each with the URL of its database
   */
  public static void main(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      run("-C", arguments[i], "deploy", "--url", arguments[i + 1]);
      run("-C", arguments[i], "status", "--url", arguments[i + 1]);
    }
    run("--version");
  }

  /** As the launcher starts it, so that the cache has what Main itself needs. */
  private static void run(String... command) {
    Main.main(command);
  }
}
