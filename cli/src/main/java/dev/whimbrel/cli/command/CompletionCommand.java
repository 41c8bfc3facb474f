package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code completion}: print a completion script for bash, zsh or fish. */
final class CompletionCommand implements Command {
  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String summary() {
    return "Print a completion script for bash, zsh or fish.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "SHELL", true, "bash, zsh or fish.");
  }

  @Override
  public int run(Call call) {
    String shell = call.parameter("");
    String script =
        switch (shell) {
          case "bash", "zsh" -> BashCompletion.script();
          case "fish" -> FishCompletion.script();
          default ->
              throw Problem.of(ErrorCode.E_USAGE, "cli.unknown-shell")
                  .with("shell", shell)
                  .toException();
        };
    call.console().raw(script.lines().toList());
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("shell", shell);
    fields.put("script", script);
    return call.answer(null, 0, fields);
  }
}
