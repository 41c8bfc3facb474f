package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;

/** {@code merge}: write a revision that joins several heads. */
final class MergeCommand implements Command {
  @Override
  public String name() {
    return "merge";
  }

  @Override
  public String summary() {
    return "Write a revision that joins several heads.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameters(spec, "REV", false, "What to join. Default: all heads.");
    Spec.text(spec, "TEXT", "The message. Default: made from the ids.", "-m", "--message");
  }

  @Override
  public int run(Call call) {
    String message = call.option("-m");
    return Runs.written(
        call, call.offline().merge(call.parameters(), message == null ? "" : message));
  }
}
