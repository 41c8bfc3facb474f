package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code stamp}: set the version the database is at, without running anything. */
final class StampCommand implements Command {
  @Override
  public String name() {
    return "stamp";
  }

  @Override
  public String summary() {
    return "Set the version the database is at, without running anything.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameters(spec, "REV", true, "Where the database is; base forgets all.");
    Spec.flag(spec, "Forget what was recorded before, unknown revisions included.", "--purge");
    Spec.flag(spec, "Even where the database has another schema than the revision.", "--force");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    call.confirm(
        "Stamping sets the recorded version to "
            + String.join(", ", call.parameters())
            + " without running anything.");
    Result.Stamp stamp =
        call.telling().stamp(call.parameters(), call.has("--purge"), call.has("--force"));
    Map<String, @Nullable Object> fields = Fields.object();
    call.database(fields, stamp.database());
    fields.put("from", stamp.from());
    fields.put("to", stamp.to());
    return call.answer(null, stamp.exit(), fields);
  }
}
