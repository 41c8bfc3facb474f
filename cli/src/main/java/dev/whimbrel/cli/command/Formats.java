package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.report.GithubReport;
import dev.whimbrel.cli.report.MarkdownReport;
import dev.whimbrel.cli.report.Report;
import dev.whimbrel.cli.report.SarifReport;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import java.util.List;

/** The forms in which a report is written to stdout. */
final class Formats {
  private static final String OPTION = "--format";
  private static final List<String> NAMES = List.of("text", "markdown", "github", "sarif");

  private Formats() {}

  static void declare(CommandSpec spec) {
    Spec.text(spec, "FORM", "How to write the report: " + String.join(", ", NAMES) + ".", OPTION);
  }

  /**
   * Whether people read it on a terminal.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_USAGE when there is no such form
   */
  static boolean isText(Call call) {
    return named(call).equals("text");
  }

  private static String named(Call call) {
    String name = call.option(OPTION);
    if (name == null) {
      return "text";
    }
    if (!NAMES.contains(name)) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.format")
          .with("name", name)
          .with("nearest", Nearest.to(name, NAMES).orElse(String.join(", ", NAMES)))
          .toException();
    }
    return name;
  }

  /** Writes the report in the form that was asked for; nothing where programs get the result. */
  static void write(Call call, Report report) {
    switch (named(call)) {
      case "markdown" -> call.console().raw(MarkdownReport.lines(report));
      case "github" -> call.console().raw(GithubReport.lines(report));
      case "sarif" -> call.console().document(SarifReport.fields(report, Version.text()));
      default -> {}
    }
  }
}
