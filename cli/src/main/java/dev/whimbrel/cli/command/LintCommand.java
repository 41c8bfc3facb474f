package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.report.Report;
import dev.whimbrel.cli.report.ReportFields;
import dev.whimbrel.cli.report.TextReport;
import dev.whimbrel.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code lint}: findings without a target. */
final class LintCommand implements Command {
  @Override
  public String name() {
    return "lint";
  }

  @Override
  public String summary() {
    return "Say what is risky in revisions, without a target.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameters(
        spec, "FILES", false, "Revision files, or other files of SQL. Default: all revisions.");
    Formats.declare(spec);
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    Formats.check(call);
    Result.Lint lint = call.offline().lint(files(call));
    Report report = Report.of(lint, Formats.graph(call));
    Map<String, @Nullable Object> fields = Fields.object();
    ReportFields.into(fields, report);
    Problem failure = lint.failure();
    fields.put("failure", failure == null ? null : Fields.problem(failure));
    if (Formats.isText(call)) {
      show(call.console(), lint, report);
    }
    Formats.write(call, report, call.result(null, lint.exit(), fields));
    return call.answer(null, lint.exit(), fields);
  }

  /** What is there under the project's directory is named from there. */
  private static List<String> files(Call call) {
    Path directory = call.globals().directory();
    return call.parameters().stream()
        .map(file ->
            Files.exists(directory.resolve(file)) ? directory.resolve(file).toString() : file)
        .toList();
  }

  private static void show(Console console, Result.Lint lint, Report report) {
    TextReport.lines(report).forEach(console::line);
    console.line("");
    Problem failure = lint.failure();
    if (failure != null) {
      console.problem(failure);
    }
    console.line(
        (lint.exit() == 0 ? "✅ " : "❌ ")
            + report.counts()
            + " (tables that were there before are taken to have a million rows)");
  }
}
