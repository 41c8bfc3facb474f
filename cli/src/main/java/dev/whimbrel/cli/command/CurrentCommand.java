package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code current}: the revisions the database is at. */
final class CurrentCommand implements Command {
  @Override
  public String name() {
    return "current";
  }

  @Override
  public String summary() {
    return "The revisions the database is at.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    Result.Current current = call.online().current();
    if (current.current().isEmpty()) {
      call.console().line("None");
    }
    for (Result.Revision revision : current.current()) {
      boolean head = current.latest().contains(revision.revision());
      call.console().line(revision.revision() + (head ? " (head)" : ""));
    }
    Map<String, @Nullable Object> fields = Fields.object();
    call.database(fields, current.database());
    fields.put("current", current.current().stream().map(Result.Revision::revision).toList());
    fields.put("latest", current.latest());
    fields.put("revisions", Fields.revisions(current.current()));
    return call.answer(null, current.exit(), fields);
  }
}
