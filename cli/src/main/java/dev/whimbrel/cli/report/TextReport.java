package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as lines for a terminal: a small table for each revision, then its findings. */
public final class TextReport {
  private static final String INDENT = "   ";
  private static final int WIDEST = 44;

  private TextReport() {}

  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    for (Result.Revision revision : report.revisions()) {
      List<Result.Statement> statements = report.statements(revision.revision());
      lines.add("");
      lines.add((INDENT + revision.revision() + "  " + revision.message()).stripTrailing());
      table(report, statements, lines);
      report.findings(revision.revision()).forEach(finding -> finding(finding, lines));
    }
    target(report, lines);
    report.notes().forEach(note -> lines.add(INDENT + "Note: " + note));
    return lines;
  }

  private static void table(Report report, List<Result.Statement> statements, List<String> lines) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("#", "statement", "locks", "work", "blocks"));
    for (Result.Statement each : statements) {
      rows.add(
          List.of(
              Integer.toString(each.index()),
              Report.start(each.sql(), WIDEST),
              report.locks(each),
              Report.work(each),
              Report.blocks(each)));
    }
    if (rows.size() == 1) {
      return;
    }
    int[] widths = new int[5];
    rows.forEach(row -> {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    });
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(INDENT);
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  private static void finding(Result.Finding finding, List<String> lines) {
    lines.add(
        "%s%s %s%s%s"
            .formatted(
                INDENT,
                finding.code(),
                finding.allowed() ? "allowed" : finding.severity(),
                finding.statement() == 0 ? "" : ", statement " + finding.statement(),
                finding.line() == 0 ? "" : ", " + finding.file() + ":" + finding.line()));
    lines.add(INDENT + "  " + finding.message());
    if (!finding.allowed() && !finding.severity().equals("info")) {
      finding.saferWay().lines().forEach(line -> lines.add(INDENT + "  | " + line));
    }
  }

  private static void target(Report report, List<String> lines) {
    Result.Target target = report.target();
    if (target == null) {
      return;
    }
    lines.add("");
    for (Result.Table table : target.tables()) {
      lines.add(
          "%s%s: %s rows, %s, %s writes a second"
              .formatted(
                  INDENT,
                  table.relation(),
                  String.format(Locale.ROOT, "%,d", table.rows()),
                  bytes(table.bytes() + table.indexBytes()),
                  String.format(Locale.ROOT, "%.1f", table.writesPerSecond())));
    }
    if (target.oldestTransactionMs() > 60_000) {
      lines.add(
          INDENT
              + "A transaction has been open for "
              + target.oldestTransactionMs() / 60_000
              + " minutes: strong locks wait for it");
    }
    if (!target.notOwned().isEmpty()) {
      lines.add(INDENT + "Not owned by this role: " + String.join(", ", target.notOwned()));
    }
    lines.add(
        "%sEstimates may be wrong by a factor of %.0f either way"
            .formatted(INDENT, target.estimateError()));
  }

  public static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
