package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.output.Text;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code wait}: block until the database is at the revision of these files. */
final class WaitCommand implements Command {
  @Override
  public String name() {
    return "wait";
  }

  @Override
  public String summary() {
    return "Block until the database is at the revision of these files.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.text(spec, "DURATION", "How long to wait; 0 is for ever. Default 0.", "--timeout");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    String timeout = call.option("--timeout");
    Duration limit =
        timeout == null
            ? Duration.ZERO
            : call.project().options().with("deadline", timeout).deadline();
    Whimbrel whimbrel = call.online();
    Result.Waited waited = whimbrel.awaitRevision(limit);
    call.console()
        .line(
            "✅ Database is at version: %s (waited %s)"
                .formatted(Text.versions(waited.current()), Text.time(waited.took())));
    Map<String, @Nullable Object> fields = Fields.object();
    call.database(fields, waited.database());
    fields.put("current", waited.current());
    fields.put("ms", waited.took().toMillis());
    return call.answer(waited.state(), waited.exit(), fields);
  }
}
