package dev.whimbrel.cli.page;

import dev.whimbrel.Result;
import dev.whimbrel.cli.report.Report;
import dev.whimbrel.cli.report.TextReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts of the page that are text and tables. */
final class Sections {
  /** Something that ends like a statement. */
  private static final List<String> SEVERITIES = List.of("error", "warn", "info");

  private final Report report;

  Sections(Report report) {
    this.report = report;
  }

  /** One card for each statement, with all that was found there; the worst first. */
  Map<String, Object> findings() {
    if (report.findings().isEmpty()) {
      return Map.of();
    }
    List<Result.Finding> allowed =
        report.findings().stream().filter(Result.Finding::allowed).toList();
    List<Result.Finding> loud = new ArrayList<>();
    List<Result.Finding> quiet = new ArrayList<>();
    report.findings().stream()
        .filter(each -> !each.allowed())
        .forEach(each -> (each.severity().equals("info") ? quiet : loud).add(each));
    return Map.of(
        "groups",
        List.of(
            group("", loud),
            group(Words.count(quiet.size(), "note"), quiet),
            group(Words.count(allowed.size(), "accepted finding"), allowed)),
        "summary",
        report.counts());
  }

  private Map<String, Object> group(String folded, List<Result.Finding> findings) {
    Map<String, List<Result.Finding>> places = new LinkedHashMap<>();
    findings.stream()
        .sorted(Comparator.comparingInt(Sections::rank))
        .forEach(each -> places.computeIfAbsent(place(each), key -> new ArrayList<>()).add(each));
    List<Map<String, Object>> cards = new ArrayList<>();
    places.forEach((place, found) ->
        cards.add(
            Map.of(
                "place",
                place,
                "severity",
                found.getFirst().allowed() ? "info" : found.getFirst().severity(),
                "sql",
                sql(found.getFirst()),
                "findings",
                found.stream().map(Sections::finding).toList())));
    return Map.of("folded", folded, "cards", cards, "any", !cards.isEmpty());
  }

  private static int rank(Result.Finding finding) {
    return SEVERITIES.indexOf(finding.severity());
  }

  private String sql(Result.Finding finding) {
    return report.statements(finding.revision()).stream()
        .filter(each -> each.index() == finding.statement())
        .map(each -> each.sql().strip())
        .findFirst()
        .orElse("");
  }

  private static Map<String, Object> finding(Result.Finding finding) {
    String word = finding.severity().equals("warn") ? "warning" : finding.severity();
    String safer = finding.saferWay().strip();
    return Map.of(
        "code",
        finding.code(),
        "severity",
        finding.allowed() ? "info" : finding.severity(),
        "word",
        finding.allowed() ? "accepted" : word.equals("info") ? "note" : word,
        "message",
        finding.message(),
        "safer",
        finding.allowed() ? "" : safer,
        "isSql",
        Report.isSql(safer));
  }

  private static String place(Result.Finding finding) {
    String where =
        finding.file() == null
            ? finding.revision()
            : finding.file() + (finding.line() == 0 ? "" : ":" + finding.line());
    return finding.statement() == 0 ? where : where + ", statement " + finding.statement();
  }

  Map<String, Object> preflight() {
    if (report.preflight().isEmpty()) {
      return Map.of();
    }
    List<Map<String, Object>> checks = new ArrayList<>();
    report.preflight().stream()
        .sorted(Comparator.comparingInt((Result.Preflight each) -> each.violations() == 0 ? 1 : 0))
        .forEach(each ->
            checks.add(
                Map.of(
                    "check", each.check(),
                    "relation", each.relation(),
                    "columns", String.join(", ", each.columns()),
                    "count",
                        each.violations() < 0 ? "not counted" : Words.number(each.violations()),
                    "kind", each.violations() > 0 ? "bad" : each.violations() < 0 ? "warn" : "",
                    "examples", String.join("\n", each.examples()),
                    "note", each.note(),
                    "where", each.revision() + ", statement " + each.statement())));
    return Map.of("checks", checks);
  }

  List<Map<String, Object>> revisions() {
    List<Map<String, Object>> revisions = new ArrayList<>();
    for (Result.Revision revision : report.revisions()) {
      List<Map<String, Object>> statements = new ArrayList<>();
      for (Result.Statement each : report.statements(revision.revision())) {
        statements.add(statement(each));
      }
      revisions.add(
          Map.of(
              "id", revision.revision(),
              "message", revision.message(),
              "file", revision.file() == null ? "" : revision.file(),
              "statements", statements,
              "open", report.revisions().size() <= 12,
              "count", Words.count(statements.size(), "statement"),
              "ran", !statements.isEmpty()));
    }
    return revisions;
  }

  private Map<String, Object> statement(Result.Statement each) {
    List<Map<String, Object>> locks = new ArrayList<>();
    report.felt(each).stream()
        .limit(12)
        .forEach(lock ->
            locks.add(
                Map.of(
                    "relation", Words.brief(lock.relation()),
                    "mode", lock.mode(),
                    "kind", lock.blocks().contains("read") ? "all" : "writes")));
    return Map.of(
        "index", each.index(),
        "sql", each.sql().strip(),
        "locks", locks,
        "work", Report.work(each),
        "takes", each.estimatedMs() == 0 ? "–" : Report.time(each.estimatedMs()),
        "blocks", Report.blocks(each),
        "alone", !each.transactional(),
        "triggers", String.join(", ", each.triggers()));
  }

  Map<String, Object> target() {
    Result.Target target = report.target();
    if (target == null) {
      return Map.of();
    }
    List<Map<String, Object>> tables = new ArrayList<>();
    for (Result.Table table : target.tables()) {
      tables.add(
          Map.of(
              "relation", table.relation(),
              "rows", Words.number(table.rows()),
              "bytes", TextReport.bytes(table.bytes()),
              "indexBytes", TextReport.bytes(table.indexBytes()),
              "writes", String.format(Locale.ROOT, "%.1f", table.writesPerSecond())));
    }
    return Map.of(
        "tables", tables,
        "hasTables", !tables.isEmpty(),
        "oldest",
            target.oldestTransactionMs() == 0 ? "none" : Report.time(target.oldestTransactionMs()),
        "replicas", target.replicas(),
        "slots", target.slots(),
        "connections", target.freeConnections(),
        "notOwned", String.join(", ", target.notOwned()),
        "error", String.format(Locale.ROOT, "%.0f", target.estimateError()));
  }
}
