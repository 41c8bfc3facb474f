package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.output.Text;
import dev.whimbrel.error.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code status}: version of the database, latest version, what is pending. */
final class StatusCommand implements Command {
  @Override
  public String name() {
    return "status";
  }

  @Override
  public String summary() {
    return "Version of the database, latest version, what is pending.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.flag(spec, "Exit with 3 when something is pending or differs.", "--exit-code");
    Spec.flag(spec, "Compare the schema with what the last run left.", "--drift");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    Result.Status status = call.online().status(call.has("--drift"));
    show(call, status);
    boolean differs = !status.pending().isEmpty() || status.state() != State.IN_SYNC;
    int exit = call.has("--exit-code") && differs ? 3 : 0;
    return call.answer(status.state(), exit, fields(call, status));
  }

  /** The result as an object. */
  static Map<String, @Nullable Object> fields(Call call, Result.Status status) {
    Map<String, @Nullable Object> fields = Fields.object();
    call.database(fields, status.database());
    fields.put("current", status.current());
    fields.put("latest", status.latest());
    fields.put("pending", Fields.revisions(status.pending()));
    fields.put("unknown", Fields.revisions(status.unknown()));
    fields.put("drift", status.drift());
    fields.put("warnings", status.warnings());
    Problem refusal = status.refusal();
    fields.put("refusal", refusal == null ? null : Fields.problem(refusal));
    return fields;
  }

  private static void show(Call call, Result.Status status) {
    Console console = call.console();
    console.line("Database version: " + Text.versions(status.current()));
    console.line("Latest file version: " + Text.versions(status.latest()));
    Result.Database database = call.project().shown(status.database());
    console.line(
        "Database: %s, %s (from %s)".formatted(database.engine(), database.url(), call.source()));
    console.line("State: " + status.state());
    pending(console, status);
    status.drift().forEach(difference -> console.line("   drift: " + difference));
    Problem refusal = status.refusal();
    if (refusal != null) {
      console.line("⚠️ deploy would refuse (" + refusal.code() + "): " + refusal.problem());
      console.line("   Fix: " + refusal.remedy());
    }
  }

  private static void pending(Console console, Result.Status status) {
    if (status.state() == State.IN_SYNC) {
      console.line(
          "✅ Database is already up to date (version: " + Text.versions(status.current()) + ")");
    }
    if (!status.pending().isEmpty()) {
      console.line("🔄 " + Text.count(status.pending().size(), "revision") + " to apply:");
    }
    for (Result.Revision revision : status.pending()) {
      console.line("   %s  %s".formatted(revision.revision(), revision.message()));
    }
  }
}
