package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import java.util.ArrayList;
import java.util.List;

/** A report as Markdown, for a comment on a pull request. */
public final class MarkdownReport {
  private static final int WIDEST = 80;

  private MarkdownReport() {}

  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    boolean refused = report.failed() || !report.blocking().isEmpty();
    lines.add("## " + (refused ? "❌ A deployment would be refused" : "✅ Safe to deploy"));
    lines.add("");
    lines.add(report.counts() + ".");
    for (Result.Revision revision : report.revisions()) {
      lines.add("");
      lines.add(("### `" + revision.revision() + "` " + cell(revision.message())).stripTrailing());
      lines.add("");
      lines.add("| # | statement | locks | work | blocks |");
      lines.add("|--:|---|---|---|--:|");
      for (Result.Statement each : report.statements(revision.revision())) {
        lines.add(
            "| %d | `%s` | %s | %s | %s |"
                .formatted(
                    each.index(),
                    cell(Report.start(each.sql(), WIDEST)).replace("`", "'"),
                    cell(Report.locks(each)),
                    cell(Report.work(each)),
                    Report.blocks(each)));
      }
      for (Result.Finding finding : report.findings(revision.revision())) {
        finding(finding, lines);
      }
    }
    if (!report.notes().isEmpty()) {
      lines.add("");
      report.notes().forEach(note -> lines.add("- " + cell(note)));
    }
    return lines;
  }

  private static void finding(Result.Finding finding, List<String> lines) {
    String sign =
        finding.allowed()
            ? "☑️"
            : switch (finding.severity()) {
              case "error" -> "🛑";
              case "warn" -> "⚠️";
              default -> "ℹ️";
            };
    lines.add("");
    lines.add(
        "%s **%s** statement %d%s: %s"
            .formatted(
                sign,
                finding.code(),
                finding.statement(),
                finding.allowed() ? " (allowed)" : "",
                cell(finding.message())));
    if (!finding.allowed() && !finding.saferWay().isEmpty()) {
      lines.add("");
      lines.add("<details><summary>Safer</summary>");
      lines.add("");
      lines.add("```sql");
      finding.saferWay().lines().forEach(lines::add);
      lines.add("```");
      lines.add("");
      lines.add("</details>");
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }
}
