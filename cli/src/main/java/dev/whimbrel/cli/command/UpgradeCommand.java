package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;

/** {@code upgrade}: apply revisions up to a target. */
final class UpgradeCommand implements Command {
  @Override
  public String name() {
    return "upgrade";
  }

  @Override
  public String summary() {
    return "Apply revisions up to a target.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "TARGET", false, "An address, such as head, +1 or 1a2b. Default: head.");
    Spec.flag(spec, "Print the SQL with its bookkeeping instead of running it.", "--sql");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    String target = call.parameter("head");
    if (call.has("--sql")) {
      return Runs.script(call, Runs.scripting(call, target).upgradeSql(target));
    }
    return Runs.answer(call, call.telling().upgrade(target));
  }
}
