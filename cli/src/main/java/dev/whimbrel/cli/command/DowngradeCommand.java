package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;

/** {@code downgrade}: take revisions back, down to a target. */
final class DowngradeCommand implements Command {
  @Override
  public String name() {
    return "downgrade";
  }

  @Override
  public String summary() {
    return "Take revisions back, down to a target.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "TARGET", false, "An address, such as -1, base or 04f2. Default: -1.");
    Spec.flag(spec, "Print the SQL with its bookkeeping instead of running it.", "--sql");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    String target = call.parameter("-1");
    if (call.has("--sql")) {
      return Runs.script(call, Runs.scripting(call, target).downgradeSql(target));
    }
    call.confirm("Downgrading to " + target + " may lose data.");
    return Runs.answer(call, call.telling().downgrade(target));
  }
}
