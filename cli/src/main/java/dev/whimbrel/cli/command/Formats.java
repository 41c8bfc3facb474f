package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.WholeFile;
import dev.whimbrel.cli.page.Page;
import dev.whimbrel.cli.report.GithubReport;
import dev.whimbrel.cli.report.MarkdownReport;
import dev.whimbrel.cli.report.Report;
import dev.whimbrel.cli.report.SarifReport;
import dev.whimbrel.cli.report.TextReport;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The forms in which a report is written to stdout and to files. */
final class Formats {
  private static final String OPTION = "--format";
  private static final String FILES = "--report";
  private static final List<String> NAMES = List.of("text", "markdown", "github", "sarif", "html");

  /** The form of a file, by the end of its name. */
  private static final Map<String, String> ENDS =
      new TreeMap<>(
          Map.of(
              ".html",
              "html",
              ".md",
              "markdown",
              ".sarif",
              "sarif",
              ".json",
              "json",
              ".txt",
              "text"));

  private Formats() {}

  static void declare(CommandSpec spec) {
    Spec.text(spec, "FORM", "How to write the report: " + String.join(", ", NAMES) + ".", OPTION);
    Spec.texts(
        spec,
        "FILE",
        "Write the report to a file too; its form goes by the end of the name: "
            + String.join(", ", ENDS.keySet())
            + ". May be repeated.",
        FILES);
  }

  /**
   * Looks whether all forms that are asked for exist, before anything is done.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_USAGE when there is no such form
   */
  static void check(Call call) {
    isText(call);
    call.options(FILES).forEach(Formats::formOf);
  }

  /** Whether people read it on a terminal. */
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

  private static String formOf(String file) {
    for (Map.Entry<String, String> end : ENDS.entrySet()) {
      if (file.endsWith(end.getKey()) && !Path.of(file).endsWith(end.getKey())) {
        return end.getValue();
      }
    }
    throw Problem.of(ErrorCode.E_USAGE, "cli.report-file")
        .with("file", file)
        .with("ends", String.join(", ", ENDS.keySet()))
        .toException();
  }

  /** All revisions, for a report's picture of them. */
  static List<Result.Entry> graph(Call call) {
    boolean pictured =
        named(call).equals("html")
            || call.options(FILES).stream().anyMatch(each -> formOf(each).equals("html"));
    return pictured ? call.offline().history("", false).revisions() : List.of();
  }

  /**
   * Writes the report in the form that was asked for, nothing where programs get the result, and to
   * the files that were named.
   *
   * @param fields the result as programs get it
   */
  static void write(Call call, Report report, Map<String, @Nullable Object> fields) {
    String named = named(call);
    if (named.equals("sarif")) {
      call.console().document(SarifReport.fields(report, Version.text(), Pages::read));
    } else if (!named.equals("text")) {
      call.console().raw(lines(named, report));
    }
    List<String> written = new ArrayList<>();
    for (String file : call.options(FILES)) {
      String form = formOf(file);
      String text =
          switch (form) {
            case "json" -> Console.json(fields);
            case "sarif" -> Console.json(SarifReport.fields(report, Version.text(), Pages::read));
            default -> String.join("\n", lines(form, report));
          };
      WholeFile.write(call.globals().directory().resolve(file), text + "\n");
      written.add(file);
    }
    if (!written.isEmpty()) {
      call.console().log("📄 Wrote " + String.join(", ", written));
    }
  }

  private static List<String> lines(String form, Report report) {
    return switch (form) {
      case "markdown" -> MarkdownReport.lines(report);
      case "github" -> GithubReport.lines(report);
      case "html" -> Page.of(report, Version.text(), Instant.now()).lines().toList();
      default -> {
        List<String> lines = new ArrayList<>(List.of(report.verdict()));
        lines.addAll(TextReport.lines(report));
        yield lines;
      }
    };
  }
}
