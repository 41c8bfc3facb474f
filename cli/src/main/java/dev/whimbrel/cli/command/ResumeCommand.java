package dev.whimbrel.cli.command;

import dev.whimbrel.Decision;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;

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
    Spec.flag(spec, "The statement at which the run was cut off had its effect.", "--done");
    Spec.flag(spec, "That statement had no effect: run it again.", "--not-done");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    if (call.has("--done") && call.has("--not-done")) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.done-and-not-done").toException();
    }
    Decision decision =
        call.has("--done")
            ? Decision.DONE
            : call.has("--not-done") ? Decision.NOT_DONE : Decision.OPEN;
    return Runs.answer(call, call.telling().resume(decision));
  }
}
