package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code schema}: print the canonical SQL of a schema. */
final class SchemaCommand implements Command {
  @Override
  public String name() {
    return "schema";
  }

  @Override
  public String summary() {
    return "Print the canonical SQL of a schema.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(
        spec,
        "SOURCE",
        false,
        "models, entities, file:PATH, db:URL, db:ENVIRONMENT or rev:ADDRESS. Default: the models,"
            + " or rev:head where there are none.");
  }

  @Override
  public int run(Call call) {
    Project project = call.project();
    String source = project.source(call.parameter(project.hasModels() ? "models" : "rev:head"));
    Result.Script script =
        Comparing.whimbrel(call).schema(source, Comparing.authoring(call, source, List.of()));
    call.console().raw(script.sql().stripTrailing().lines().toList());
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("sql", script.sql());
    return call.answer(null, 0, fields);
  }
}
