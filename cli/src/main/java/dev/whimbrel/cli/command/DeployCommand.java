package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;

/** {@code deploy}: the gate: compare, upgrade only when needed, verify. */
final class DeployCommand implements Command {
  @Override
  public String name() {
    return "deploy";
  }

  @Override
  public String summary() {
    return "The gate: compare, upgrade only when needed, verify.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "TARGET", false, "Where to go. Default: head.");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    return Runs.answer(call, call.telling().deploy(call.parameter("head")));
  }
}
