package dev.whimbrel.cli.command;

import dev.whimbrel.cli.output.Json;
import dev.whimbrel.cli.report.GithubReport;
import dev.whimbrel.cli.report.MarkdownReport;
import dev.whimbrel.cli.report.Report;
import dev.whimbrel.cli.report.SarifReport;
import dev.whimbrel.cli.report.html.HtmlReport;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The forms in which a report is written: to stdout, or to a file. */
final class Formats {
  private static final String OPTION = "--format";
  private static final String OUTPUT = "--output";
  private static final String TEXT = "text";
  private static final List<String> NAMES = List.of(TEXT, "markdown", "html", "github", "sarif");
  private static final Map<String, String> ENDINGS =
      Map.of(
          "html", "html", "htm", "html", "md", "markdown", "markdown", "markdown", "sarif",
          "sarif");

  private Formats() {}

  static void declare(CommandSpec spec) {
    Spec.text(spec, "FORM", "How to write the report: " + String.join(", ", NAMES) + ".", OPTION);
    Spec.text(
        spec,
        "FILE",
        "Write the report to this file; its ending (.html, .md, .sarif) tells the form.",
        OUTPUT);
  }

  /**
   * Whether people read the report on a terminal.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_USAGE when there is no such form, or none for
   *     the file
   */
  static boolean isText(Call call) {
    return named(call).equals(TEXT) || call.option(OUTPUT) != null;
  }

  private static String named(Call call) {
    String name = call.option(OPTION);
    String output = call.option(OUTPUT);
    if (name == null && output == null) {
      return TEXT;
    }
    if (name == null) {
      String ending = output.substring(output.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      String form = ENDINGS.get(ending);
      if (form == null) {
        throw Problem.of(ErrorCode.E_USAGE, "cli.output.form").with("file", output).toException();
      }
      return form;
    }
    if (!NAMES.contains(name) || (name.equals(TEXT) && output != null)) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.format")
          .with("name", name)
          .with("nearest", Nearest.to(name, NAMES).orElse(String.join(", ", NAMES)))
          .toException();
    }
    return name;
  }

  /**
   * Writes the report in the form that was asked for, whole or not at all; to stdout only where
   * programs don't get the result there.
   */
  static void write(Call call, Report report) {
    String content = content(named(call), report);
    String output = call.option(OUTPUT);
    if (content == null) {
      return;
    }
    if (output == null) {
      call.console().raw(content.lines().toList());
      return;
    }
    Path file = call.globals().directory().resolve(output);
    try {
      save(file, content);
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_FILE, "cli.unwritable")
          .with("file", file)
          .with("reason", e)
          .toException(e);
    }
    call.console().line("   Report: " + file);
  }

  private static @Nullable String content(String form, Report report) {
    return switch (form) {
      case "markdown" -> lines(MarkdownReport.lines(report));
      case "github" -> lines(GithubReport.lines(report));
      case "sarif" -> Json.write(SarifReport.fields(report, Version.text())) + "\n";
      case "html" -> HtmlReport.page(report, Instant.now(), Version.text());
      default -> null;
    };
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static void save(Path file, String content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not a file");
    }
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, ".whimbrel", ".tmp");
    try {
      Files.writeString(fresh, content);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
