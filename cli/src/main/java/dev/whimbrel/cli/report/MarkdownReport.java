package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A report as Markdown, for a comment on a pull request: the verdict and what stands in the way are
 * open, everything else is folded. It stays below what GitHub takes as a comment.
 */
public final class MarkdownReport {
  private static final int WIDEST = 100;
  private static final int LONGEST = 60_000;
  private static final List<String> SEVERITIES = List.of("error", "warn", "info");

  private final Report report;
  private final List<String> lines = new ArrayList<>();
  private int length;
  private int left;

  private MarkdownReport(Report report) {
    this.report = report;
  }

  public static List<String> lines(Report report) {
    return new MarkdownReport(report).write();
  }

  private List<String> write() {
    String sign = report.refused() ? "❌ " : report.idle() ? "" : "✅ ";
    add("## " + sign + report.verdict(), "");
    if (!report.idle()) {
      add(summary(), "");
    }
    Problem failure = report.failure();
    if (failure != null) {
      failure(failure);
    }
    List<Result.Finding> open =
        report.findings().stream()
            .filter(each -> !each.allowed() && !each.severity().equals("info"))
            .sorted(
                Comparator.comparingInt(
                    (Result.Finding each) -> SEVERITIES.indexOf(each.severity())))
            .toList();
    open.forEach(each -> block(finding(each)));
    preflight();
    report.revisions().forEach(this::revision);
    quiet("note", false);
    quiet("accepted finding", true);
    target();
    if (!report.notes().isEmpty()) {
      List<String> notes = new ArrayList<>();
      report.notes().forEach(note -> notes.add("- " + text(note)));
      notes.add("");
      block(notes);
    }
    if (left > 0) {
      lines.add("_" + left + " more parts are left out: GitHub takes no longer comment._");
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private void add(String... more) {
    block(List.of(more));
  }

  /** Adds all of it, or counts it as left out. */
  private void block(List<String> more) {
    int size = more.stream().mapToInt(each -> each.length() + 1).sum();
    if (length + size > LONGEST) {
      left++;
      return;
    }
    length += size;
    lines.addAll(more);
  }

  private String summary() {
    long longest =
        report.statements().stream().mapToLong(Result.Statement::estimatedBlockMs).max().orElse(0);
    int revisions = report.revisions().size();
    return "%d revision%s, %s%s."
        .formatted(
            revisions,
            revisions == 1 ? "" : "s",
            report.counts(),
            longest == 0 ? "" : "; others wait up to **" + Report.time(longest) + "**");
  }

  private void failure(Problem failure) {
    List<String> block = new ArrayList<>();
    block.add(
        "🛑 **%s**%s  "
            .formatted(
                failure.code(),
                failure.place() == null
                    ? ""
                    : " " + code(failure.place().file() + ":" + failure.place().line())));
    block.add(text(failure.problem()));
    block.add("");
    String statement = failure.statement();
    if (statement != null) {
      fence(statement, block);
    }
    block.add(text(failure.remedy()));
    block.add("");
    block(block);
  }

  private static List<String> finding(Result.Finding finding) {
    List<String> block = new ArrayList<>();
    String place =
        finding.file() == null
            ? finding.revision()
            : finding.file() + (finding.line() == 0 ? "" : ":" + finding.line());
    block.add(
        "%s **%s** %s  "
            .formatted(
                finding.severity().equals("error") ? "🛑" : "⚠️", finding.code(), code(place)));
    block.add(text(finding.message()));
    block.add("");
    String safer = finding.saferWay().strip();
    if (!safer.isEmpty()) {
      block.add("<details><summary>Safer</summary>");
      block.add("");
      if (Report.isSql(safer)) {
        fence(safer, block);
      } else {
        block.add(text(safer));
        block.add("");
      }
      block.add("</details>");
      block.add("");
    }
    return block;
  }

  private void preflight() {
    List<Result.Preflight> bad =
        report.preflight().stream().filter(each -> each.violations() != 0).toList();
    if (bad.isEmpty()) {
      return;
    }
    List<String> block = new ArrayList<>();
    block.add("**Rows of the target in the way**");
    block.add("");
    block.add("| check | table | rows | such as |");
    block.add("|---|---|--:|---|");
    for (Result.Preflight each : bad) {
      String columns =
          each.columns().isEmpty() ? "" : " (" + String.join(", ", each.columns()) + ")";
      block.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  text(each.check()),
                  cell(each.relation() + columns),
                  each.violations() < 0
                      ? "not counted: " + text(each.note())
                      : String.format(Locale.ROOT, "%,d", each.violations()),
                  each.examples().isEmpty() ? "" : cell(String.join("; ", each.examples()))));
    }
    block.add("");
    block(block);
  }

  private void revision(Result.Revision revision) {
    List<Result.Statement> statements = report.statements(revision.revision());
    if (statements.isEmpty()) {
      return;
    }
    List<String> block = new ArrayList<>();
    block.add(
        "<details><summary><code>%s</code> %s: %d statement%s</summary>"
            .formatted(
                html(revision.revision()),
                html(revision.message()),
                statements.size(),
                statements.size() == 1 ? "" : "s"));
    block.add("");
    block.add("| # | statement | locks | work | others wait |");
    block.add("|--:|---|---|---|--:|");
    for (Result.Statement each : statements) {
      block.add(
          "| %d | %s | %s | %s | %s |"
              .formatted(
                  each.index(),
                  cell(Report.start(each.sql(), WIDEST)),
                  text(report.locks(each)),
                  text(Report.work(each)),
                  Report.blocks(each)));
    }
    block.add("");
    block.add("</details>");
    block.add("");
    block(block);
  }

  /** Notes, or what the files accept: a line each. */
  private void quiet(String name, boolean allowed) {
    List<Result.Finding> found =
        report.findings().stream()
            .filter(each ->
                allowed ? each.allowed() : !each.allowed() && each.severity().equals("info"))
            .toList();
    if (found.isEmpty()) {
      return;
    }
    List<String> block = new ArrayList<>();
    block.add("<details><summary>%s</summary>".formatted(Report.plural(found.size(), name)));
    block.add("");
    for (Result.Finding each : found) {
      block.add(
          "- **%s** %s, statement %d: %s"
              .formatted(
                  each.code(), code(each.revision()), each.statement(), text(each.message())));
    }
    block.add("");
    block.add("</details>");
    block.add("");
    block(block);
  }

  private void target() {
    Result.Target target = report.target();
    if (target == null || target.tables().isEmpty()) {
      return;
    }
    List<String> block = new ArrayList<>();
    block.add("<details><summary>The target's tables</summary>");
    block.add("");
    block.add("| table | rows | size | indexes | writes a second |");
    block.add("|---|--:|--:|--:|--:|");
    for (Result.Table each : target.tables()) {
      block.add(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %s | %s | %.1f |",
              cell(each.relation()),
              each.rows(),
              TextReport.bytes(each.bytes()),
              TextReport.bytes(each.indexBytes()),
              each.writesPerSecond()));
    }
    block.add("");
    block.add(
        String.format(
            Locale.ROOT,
            "Estimates may be wrong by a factor of %.0f either way.",
            target.estimateError()));
    block.add("");
    block.add("</details>");
    block.add("");
    block(block);
  }

  /** A block of SQL, fenced by more backticks than it contains. */
  private static void fence(String sql, List<String> block) {
    String fence = "`".repeat(Math.max(3, backticks(sql) + 1));
    block.add(fence + "sql");
    sql.strip().lines().forEach(block::add);
    block.add(fence);
    block.add("");
  }

  private static int backticks(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** Text that is shown as it is, in one line. */
  private static String code(String text) {
    String line = text.replace('\n', ' ').replace("\r", "");
    String fence = "`".repeat(backticks(line) + 1);
    return fence.length() == 1 ? fence + line + fence : fence + " " + line + " " + fence;
  }

  /** The same within a table, where a bar would end the cell. */
  private static String cell(String text) {
    return code(text).replace("|", "\\|");
  }

  /** Text whose characters mean nothing, and that calls nobody. */
  private static String text(String text) {
    StringBuilder safe = new StringBuilder();
    for (char letter : text.replace("\r", "").toCharArray()) {
      switch (letter) {
        case '\n' -> safe.append(' ');
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '@', '#' -> safe.append(letter).append("<!-- -->");
        case '\\', '`', '*', '_', '[', ']', '|', '~' -> safe.append('\\').append(letter);
        default -> safe.append(letter);
      }
    }
    return safe.toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "@<!-- -->")
        .replace('\n', ' ');
  }
}
