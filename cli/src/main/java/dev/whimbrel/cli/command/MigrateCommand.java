package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.report.ReportFields;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code migrate}: write a proven revision from the changed models. */
final class MigrateCommand implements Command {
  @Override
  public String name() {
    return "migrate";
  }

  @Override
  public String summary() {
    return "Write a proven revision from the changed models.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "MESSAGE", false, "What it is for, in one line.");
    Spec.text(spec, "TEXT", "The message, as in Alembic.", "-m", "--message");
    Comparing.declare(spec);
    Spec.text(spec, "ID", "The id. Default: a random one.", "--rev-id");
    Spec.texts(spec, "NAME", "Names of its branch.", "--label", "--branch-label");
    Spec.text(spec, "PHASE", "expand or contract.", "--phase");
  }

  @Override
  public int run(Call call) {
    String option = call.option("-m");
    String message = option == null ? call.parameter("") : option;
    if (message.isBlank()) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.no-message").toException();
    }
    String models = call.project().models();
    Whimbrel whimbrel = Comparing.whimbrel(call);
    List<String> renames = call.options("--rename");
    if (renames.isEmpty() && call.canAsk()) {
      renames = asked(call, whimbrel.check(Comparing.authoring(call, models, List.of())));
    }
    Whimbrel.Draft draft =
        new Whimbrel.Draft(
            message,
            List.of(),
            orEmpty(call.option("--rev-id")),
            call.options("--label"),
            List.of(),
            orEmpty(call.option("--phase")));
    Result.Migration migration =
        whimbrel.migrate(draft, Comparing.authoring(call, models, renames));
    show(call, migration);
    Map<String, @Nullable Object> fields = Fields.migration(migration);
    fields.put("findings", migration.findings().stream().map(ReportFields::finding).toList());
    return call.answer(null, migration.exit(), fields);
  }

  private static List<String> asked(Call call, Result.Migration migration) {
    List<String> renames = new ArrayList<>();
    Set<String> settled = new HashSet<>();
    for (String candidate : migration.renames()) {
      int sign = candidate.indexOf('=');
      if (settled.contains(candidate.substring(0, sign))
          || settled.contains(candidate.substring(sign + 1))) {
        continue;
      }
      String question =
          "%s goes and %s comes, and they are alike. Was it renamed?"
              .formatted(candidate.substring(0, sign), candidate.substring(sign + 1));
      if (call.agrees(question)) {
        renames.add(candidate);
        settled.add(candidate.substring(0, sign));
        settled.add(candidate.substring(sign + 1));
      }
    }
    return renames;
  }

  private static void show(Call call, Result.Migration migration) {
    Console console = call.console();
    Result.Written written = migration.written();
    if (written == null) {
      console.line("✅ No changes: the revisions make what the models say; nothing was written");
    } else {
      console.line("🔄 The models changed: " + migration.summary());
      Comparing.changes(console, migration);
      console.line("✅ Wrote " + written.path());
      console.line("   Proven on a scratch database: up, down, and up again");
      migration.findings().stream()
          .filter(finding -> !finding.severity().equals("info"))
          .forEach(finding ->
              console.line(
                  "   %s %s, line %d: %s"
                      .formatted(
                          finding.code(), finding.severity(), finding.line(), finding.message())));
      console.line("   Review it, then apply it: whimbrel upgrade");
    }
    Comparing.remarks(call, migration);
    if (written != null && !call.canAsk()) {
      for (String rename : migration.renames()) {
        console.log(
            "⚠️ This may be a rename. If it is, delete the file and say so: --rename " + rename);
      }
    }
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
