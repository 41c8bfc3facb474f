package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;


/** {@code resume}: finish an interrupted run. */
final class ResumeCommand implements Command {
  @Override
  public String name() {
    return "resume";
  }

  @Override
  public String summary() {
    return "Finish an interrupted run.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    return Runs.answer(call, call.telling().resume());
  }
}
