package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code explain}: explain the code of an error or a finding. */
final class ExplainCommand implements Command {
  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String summary() {
    return "Explain the code of an error or a finding.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "CODE", true, "Such as E_STATEMENT.");
  }

  @Override
  public int run(Call call) {
    String code = call.parameter("").toUpperCase(Locale.ROOT);
    String page = Pages.read(code);
    if (page == null) {
      List<String> codes = Arrays.stream(ErrorCode.values()).map(Enum::name).toList();
      throw Problem.of(ErrorCode.E_USAGE, "cli.unknown-code")
          .with("code", code)
          .with("nearest", Nearest.to(code, codes).map("Did you mean %s?"::formatted).orElse(""))
          .toException();
    }
    call.console().raw(page.stripTrailing().lines().toList());
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("code", code);
    fields.put("page", page);
    return call.answer(null, 0, fields);
  }
}
