package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    String name = call.parameter("");
    List<String> lines;
    if (name.isEmpty()) {
      lines = HelpText.all();
    } else {
      Command command = Commands.named(name);
      if (command == null) {
        throw Commands.unknown(name).toException();
      }
      lines = HelpText.one(Commands.spec(command));
    }
    call.console().raw(lines);
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("help", String.join("\n", lines));
    return call.answer(null, 0, fields);
  }
}
