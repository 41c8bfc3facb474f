package dev.whimbrel.cli;

import dev.whimbrel.cli.command.Interrupts;
import dev.whimbrel.cli.command.Surroundings;

/** The process. */
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code; a signal ends the command cleanly first. */
  public static void main(String[] arguments) {
    Interrupts interrupts = new Interrupts();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupts::stop, "whimbrel-stop"));
    int exit = new Cli(Surroundings.ofProcess(), interrupts).run(arguments);
    // Runtime.exit starts the JDK's logging to say that it was called; success needs no exit code.
    if (exit != 0) {
      System.exit(exit);
    }
  }
}
