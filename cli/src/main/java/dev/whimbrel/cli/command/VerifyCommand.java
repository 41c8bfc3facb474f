package dev.whimbrel.cli.command;

import dev.whimbrel.Authoring;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.output.Text;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.List;
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
    Spec.text(
        spec, "MESSAGE", "Write what changed by hand as a revision, and record it.", "--adopt");
    Spec.flag(spec, "Print the SQL that undoes what changed by hand; run nothing.", "--revert");
    Spec.texts(spec, "OLD=NEW", "With --adopt: what was renamed, as for migrate.", "--rename");
    Spec.flag(spec, "Each change in one plain statement, which may block users.", "--offline");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    String message = call.option("--adopt");
    if (message != null && call.has("--revert")) {
      throw Problem.of(ErrorCode.E_USAGE, "drift.both").toException();
    }
    if (message != null) {
      return adopt(call, message);
    }
    return call.has("--revert") ? revert(call) : verify(call);
  }

  private static Authoring authoring(Call call) {
    return new Authoring(
        "",
        call.project().config().directory(),
        call.options("--rename"),
        List.of(),
        call.has("--offline"),
        false,
        "");
  }

  private static int adopt(Call call, String message) {
    if (message.isBlank()) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.no-message").toException();
    }
    Result.Migration adopted = call.online().adopt(Whimbrel.Draft.of(message), authoring(call));
    Result.Written written = adopted.written();
    Console console = call.console();
    if (written == null) {
      console.line("✅ Nothing of what the revisions make changed by hand; nothing was written");
    } else {
      console.line("🔄 Changed by hand: " + adopted.summary());
      Comparing.changes(console, adopted);
      console.line("✅ Wrote " + written.path());
      console.line("   Proven on a scratch database: up, down, and up again");
      console.line("   The database is recorded as being at " + written.revision().revision());
      for (String rename : adopted.renames()) {
        console.log("⚠️ This may be a rename; elsewhere it would lose data: --rename " + rename);
      }
    }
    left(console, adopted);
    return call.answer(null, adopted.exit(), Fields.migration(adopted));
  }

  private static int revert(Call call) {
    Result.Migration undo = call.online().revert(authoring(call));
    Console console = call.console();
    if (undo.changes().isEmpty()) {
      console.log("✅ Nothing of what the revisions make changed by hand");
    } else {
      List<String> lines = new ArrayList<>();
      lines.add("-- Undoes what changed by hand since the last run. Review it, then run it.");
      lines.addAll(undo.upgrade().stripTrailing().lines().toList());
      console.raw(lines);
    }
    left(console, undo);
    Map<String, @Nullable Object> fields = Fields.migration(undo);
    fields.put("sql", undo.upgrade());
    return call.answer(null, undo.exit(), fields);
  }

  private static void left(Console console, Result.Migration migration) {
    if (!migration.unmodelled().isEmpty()) {
      console.log("⚠️ Left as it is, since no script of ours can carry it:");
      migration.unmodelled().forEach(line -> console.log("   " + line));
    }
  }

  private static int verify(Call call) {
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
    fields.put("traces", verification.traces().stream().map(Fields::trace).toList());
    return call.answer(null, verification.exit(), fields);
  }

  private static String words(Result.Trace trace) {
    List<String> parts = new ArrayList<>();
    if (!trace.command().isEmpty()) {
      parts.add(trace.command());
    }
    if (!trace.by().isEmpty()) {
      parts.add("by " + trace.by());
    } else if (!trace.owner().isEmpty()) {
      parts.add("owned by " + trace.owner());
    }
    if (!trace.app().isEmpty()) {
      parts.add("with " + trace.app());
    }
    if (trace.at() != null) {
      parts.add("at " + trace.at());
    }
    return String.join(" ", parts);
  }

  private static void show(Console console, Result.Verification verification) {
    if (console.isText()) {
      verification.problems().forEach(console::problem);
    }
    for (String difference : verification.drift()) {
      console.line("   drift: " + difference);
      verification.traces().stream()
          .filter(trace -> trace.change().equals(difference))
          .forEach(trace -> console.line("          " + words(trace)));
    }
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
