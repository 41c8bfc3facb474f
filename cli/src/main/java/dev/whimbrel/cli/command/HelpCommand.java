package dev.whimbrel.cli.command;

import dev.whimbrel.cli.output.Fields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code help}: show help, for all commands or one. */
final class HelpCommand implements Command {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public String summary() {
    return "Show help, for all commands or one.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "COMMAND", false, "The command to explain.");
  }

  @Override
  public int run(Call call) {
    CommandLine all = call.everything();
    String command = call.parameter("");
    List<String> lines;
    if (command.isEmpty()) {
      lines = HelpText.all(all.getCommandSpec());
    } else {
      CommandLine one = all.getSubcommands().get(command);
      if (one == null) {
        throw Commands.unknown(command).toException();
      }
      lines = HelpText.one(one.getCommandSpec());
    }
    call.console().raw(lines);
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("help", String.join("\n", lines));
    return call.answer(null, 0, fields);
  }
}
