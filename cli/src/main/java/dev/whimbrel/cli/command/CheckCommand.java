package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;

/** {@code check}: tell whether the models need a migration. */
final class CheckCommand implements Command {
  @Override
  public String name() {
    return "check";
  }

  @Override
  public String summary() {
    return "Exit 3 when the models need a migration; for CI.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Comparing.declare(spec);
  }

  @Override
  public int run(Call call) {
    String models = call.project().models();
    Result.Migration migration =
        Comparing.whimbrel(call).check(Comparing.authoring(call, models, call.options("--rename")));
    if (migration.exit() == 0) {
      call.console().line("✅ No changes: the revisions make what the models say");
    } else {
      call.console().line("🔄 The models need a migration: " + migration.summary());
      Comparing.changes(call.console(), migration);
      call.console().line("   Write it with: whimbrel migrate \"message\"");
    }
    Comparing.remarks(call, migration);
    return call.answer(null, migration.exit(), Fields.migration(migration));
  }
}
