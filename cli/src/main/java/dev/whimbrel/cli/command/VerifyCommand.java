package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.output.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code verify}: check files, graph and HEAD; with --env also the database. */
final class VerifyCommand implements Command {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "Check files, graph and HEAD; with --env also the database.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    boolean database = call.globals().environment() != null || call.globals().url() != null;
    Whimbrel whimbrel = database ? call.online() : call.offline();
    Result.Verification verification = whimbrel.verify(database);
    show(call.console(), verification);
    Map<String, @Nullable Object> fields = Fields.object();
    Result.Database found = verification.database();
    if (found != null) {
      call.database(fields, found);
    }
    fields.put("revisions", verification.revisions());
    fields.put("heads", verification.heads());
    fields.put("problems", verification.problems().stream().map(Fields::problem).toList());
    fields.put("drift", verification.drift());
    return call.answer(null, verification.exit(), fields);
  }

  private static void show(Console console, Result.Verification verification) {
    if (console.isText()) {
      verification.problems().forEach(console::problem);
    }
    verification.drift().forEach(difference -> console.line("   drift: " + difference));
    String what =
        Text.count(verification.revisions(), "revision")
            + ", head "
            + Text.versions(verification.heads());
    if (verification.exit() == 0) {
      String checked =
          verification.database() == null
              ? "files, graph and HEAD are sound"
              : "files, graph, HEAD and the database agree";
      console.line("✅ " + what + ": " + checked);
    } else {
      int wrong = verification.problems().size() + verification.drift().size();
      console.line("❌ " + what + ": " + Text.count(wrong, "problem"));
    }
  }
}
