package dev.whimbrel.cli;

import dev.whimbrel.cli.command.Interrupts;
import dev.whimbrel.cli.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a run of the program printed, and its exit code. */
record Ran(int exit, String out, String err) {

  /** Runs in this process, in an empty environment and without a terminal. */
  static Ran whimbrel(String... arguments) {
    return in(Map.of(), "", "", arguments);
  }

  /** Runs with a person who types {@code input}. */
  static Ran onTerminal(String input, String... arguments) {
    return in(Map.of("NO_COLOR", "1"), "ioe", input, arguments);
  }

  static Ran in(
      Map<String, String> environment, String terminals, String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings around =
        new Surroundings(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            environment,
            terminals,
            "");
    int exit = new Cli(around, new Interrupts()).run(arguments);
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
