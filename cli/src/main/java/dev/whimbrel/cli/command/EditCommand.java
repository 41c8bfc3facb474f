package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code edit}: open a revision in your editor. */
final class EditCommand implements Command {
  @Override
  public String name() {
    return "edit";
  }

  @Override
  public String summary() {
    return "Open a revision in your editor.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "REV", false, "An address. Default: head.");
  }

  @Override
  public int run(Call call) {
    Result.Written file = call.offline().edit(call.parameter("head"));
    if (call.around().canAsk() && call.around().isOutTerminal() && call.console().isText()) {
      open(call, file.path());
    } else {
      call.console().line(file.path().toString());
    }
    Map<String, @Nullable Object> fields = Fields.revision(file.revision());
    fields.put("file", file.path());
    return call.answer(null, file.exit(), fields);
  }

  /** VISUAL and EDITOR may hold arguments, as in {@code code --wait}. */
  private static void open(Call call, Path file) {
    Map<String, String> environment = call.around().environment();
    String editor =
        environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", "vi")).strip();
    List<String> command = new ArrayList<>(List.of(editor.split("\\s+", -1)));
    command.add(file.toString());
    try {
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != 0) {
        throw failed(editor, "it ended with " + exit).toException();
      }
    } catch (IOException e) {
      throw failed(editor, String.valueOf(e.getMessage())).toException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(editor, "interrupted").toException(e);
    }
  }

  private static Problem.Builder failed(String editor, String reason) {
    return Problem.of(ErrorCode.E_USAGE, "cli.editor")
        .with("editor", editor)
        .with("reason", reason);
  }
}
