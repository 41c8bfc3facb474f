package dev.whimbrel.cli.command;

import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;
import org.jspecify.annotations.Nullable;

/** {@code revision}: write an empty revision to fill by hand. */
final class RevisionCommand implements Command {
  @Override
  public String name() {
    return "revision";
  }

  @Override
  public String summary() {
    return "Write an empty revision to fill by hand.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "MESSAGE", false, "What it is for, in one line.");
    Spec.text(spec, "TEXT", "The message, as in Alembic.", "-m", "--message");
    Spec.texts(spec, "REV", "The parents. Default: head; base starts a new branch.", "--head");
    Spec.text(spec, "ID", "The id. Default: a random one.", "--rev-id");
    Spec.texts(spec, "NAME", "Names of its branch.", "--label", "--branch-label");
    Spec.texts(
        spec,
        "REV",
        "What must be applied before it, without being a parent.",
        "--depends",
        "--depends-on");
    Spec.text(spec, "PHASE", "expand or contract.", "--phase");
  }

  @Override
  public int run(Call call) {
    String message = call.option("-m");
    return Runs.written(
        call,
        call.offline()
            .revision(
                new Whimbrel.Draft(
                    message == null ? call.parameter("") : message,
                    call.options("--head"),
                    orEmpty(call.option("--rev-id")),
                    call.options("--label"),
                    call.options("--depends"),
                    orEmpty(call.option("--phase")))));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
