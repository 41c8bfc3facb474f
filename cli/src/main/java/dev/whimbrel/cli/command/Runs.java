package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.report.ReportFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What deploy, upgrade, downgrade and resume have in common. */
final class Runs {
  private Runs() {}

  static int answer(Call call, Result.Run run) {
    Map<String, @Nullable Object> fields = Fields.object();
    call.database(fields, run.database());
    fields.put("from", run.from());
    fields.put("current", run.current());
    fields.put("latest", run.latest());
    fields.put("pending", Fields.revisions(run.pending()));
    fields.put("applied", Fields.each(run.applied(), Fields::applied));
    fields.put("verified", run.verified());
    fields.put("findings", Fields.each(run.findings(), ReportFields::finding));
    fields.put("drift", run.drift());
    fields.put("warnings", run.warnings());
    return call.answer(run.state(), run.exit(), fields);
  }

  /** Prints a script instead of running it. */
  static int script(Call call, Result.Script script) {
    call.console().raw(script.sql().stripTrailing().lines().toList());
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("sql", script.sql());
    return call.answer(null, script.exit(), fields);
  }

  /** A range, or no database at all, means that none is to be asked. */
  static Whimbrel scripting(Call call, String target) {
    boolean offline = target.contains(":") || call.project().database().isEmpty();
    return offline ? call.offline() : call.online();
  }

  /** Says which file was written. */
  static int written(Call call, Result.Written written) {
    Result.Revision revision = written.revision();
    call.console().line("✅ Wrote " + written.path());
    call.console().line("   Revision: " + revision.revision());
    call.console()
        .line(
            "   Revises:  "
                + (revision.revises().isEmpty() ? "None" : String.join(", ", revision.revises())));
    Map<String, @Nullable Object> fields = Fields.revision(revision);
    fields.put("file", written.path());
    return call.answer(null, written.exit(), fields);
  }
}
