package dev.whimbrel.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs programs to their end. */
final class Programs {
  private Programs() {}

  /**
   * What a program said and how it ended.
   *
   * @param exit the exit code; -1 when it could not be started
   * @param text standard output and error, or why it could not be started
   */
  record Outcome(int exit, String text) {
    boolean succeeded() {
      return exit == 0;
    }
  }

  /** Runs a command and waits for it; never throws for a command that fails or is missing. */
  static Outcome run(Path folder, List<String> command) {
    try {
      Process process = builder(folder, command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      while (process.isAlive()) {
        Pause.millis(1);
      }
      return new Outcome(process.exitValue(), text);
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    }
  }

  /** A process with a plain locale and without the variables that PostgreSQL's programs obey. */
  static ProcessBuilder builder(Path folder, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }
}
