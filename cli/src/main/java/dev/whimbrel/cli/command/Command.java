package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;

/** One command of the program. */
public interface Command {
  /** The word on the command line. */
  String name();

  /** One line for the list of commands. */
  String summary();

  /** Declares the command's own options and parameters. */
  default void declare(CommandSpec spec) {}

  /**
   * Does the work.
   *
   * @return the exit code
   * @throws dev.whimbrel.error.WhimbrelException when it refuses or fails
   */
  int run(Call call);
}
