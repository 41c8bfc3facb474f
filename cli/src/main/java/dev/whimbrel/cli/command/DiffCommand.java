package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code diff}: print the SQL that turns one schema into another. */
final class DiffCommand implements Command {
  private static final int DIFFERENT = 3;

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String summary() {
    return "Print the SQL that turns one schema into another.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameters(
        spec,
        "SOURCE",
        true,
        "From and to: models, entities, file:PATH, db:URL, db:ENVIRONMENT or rev:ADDRESS.");
    Comparing.declare(spec);
    Spec.flag(spec, "Exit 3 when they differ.", "--exit-code");
  }

  @Override
  public int run(Call call) {
    List<String> sources = call.parameters();
    if (sources.size() != 2) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.two-sources")
          .with("count", sources.size())
          .toException();
    }
    String from = call.project().source(sources.get(0));
    String to = call.project().source(sources.get(1));
    Result.Migration migration =
        Comparing.whimbrel(call)
            .diff(from, to, Comparing.authoring(call, to, call.options("--rename")));
    if (migration.changes().isEmpty()) {
      call.console().log("✅ No differences");
    } else {
      call.console().raw(migration.upgrade().stripTrailing().lines().toList());
      call.console().log(migration.summary());
    }
    Comparing.remarks(call, migration);
    Map<String, @Nullable Object> fields = Fields.migration(migration);
    fields.put("sql", migration.upgrade());
    boolean different = call.has("--exit-code") && !migration.changes().isEmpty();
    return call.answer(null, different ? DIFFERENT : 0, fields);
  }
}
