package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import dev.whimbrel.cli.output.Fields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as JSON, with the field names promised to the outside. */
public final class ReportFields {
  private ReportFields() {}

  /** Adds statements, findings and preflight to a result. */
  public static void into(Map<String, @Nullable Object> fields, Report report) {
    fields.put("statements", report.statements().stream().map(ReportFields::statement).toList());
    fields.put("findings", report.findings().stream().map(ReportFields::finding).toList());
    fields.put("preflight", report.preflight().stream().map(ReportFields::preflight).toList());
    fields.put("notes", report.notes());
    Result.Target target = report.target();
    fields.put("target", target == null ? null : target(target));
  }

  private static Map<String, @Nullable Object> statement(Result.Statement statement) {
    Map<String, @Nullable Object> fields = Fields.statement(statement);
    fields.put(
        "locks",
        statement.locks().stream()
            .map(each -> {
              Map<String, @Nullable Object> lock = Fields.object();
              lock.put("relation", each.relation());
              lock.put("mode", each.mode());
              lock.put("blocks", each.blocks());
              return lock;
            })
            .toList());
    fields.put("rewrites", statement.rewrites());
    fields.put("scans", statement.scans());
    fields.put("indexBuilds", statement.indexBuilds());
    fields.put("triggers", statement.triggers());
    fields.put("walBytes", statement.walBytes());
    fields.put("estimatedBlockMs", statement.estimatedBlockMs());
    fields.put("estimatedMs", statement.estimatedMs());
    fields.put("transaction", statement.transaction());
    return fields;
  }

  /** A finding, as every command shows it. */
  public static Map<String, @Nullable Object> finding(Result.Finding finding) {
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("code", finding.code());
    fields.put("severity", finding.severity());
    fields.put("revision", finding.revision());
    fields.put("statement", finding.statement());
    fields.put("relation", finding.relation());
    fields.put("message", finding.message());
    fields.put("saferWay", finding.saferWay());
    fields.put("allowed", finding.allowed());
    fields.put("file", finding.file());
    fields.put("line", finding.line());
    return fields;
  }

  private static Map<String, @Nullable Object> preflight(Result.Preflight preflight) {
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("revision", preflight.revision());
    fields.put("statement", preflight.statement());
    fields.put("check", preflight.check());
    fields.put("relation", preflight.relation());
    fields.put("columns", preflight.columns());
    fields.put("violations", preflight.violations());
    fields.put("examples", preflight.examples());
    fields.put("note", preflight.note());
    return fields;
  }

  private static Map<String, @Nullable Object> target(Result.Target target) {
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("oldestTransactionMs", target.oldestTransactionMs());
    fields.put("replicas", target.replicas());
    fields.put("slots", target.slots());
    fields.put("freeConnections", target.freeConnections());
    fields.put(
        "tables",
        target.tables().stream()
            .map(each -> {
              Map<String, @Nullable Object> table = Fields.object();
              table.put("relation", each.relation());
              table.put("rows", each.rows());
              table.put("bytes", each.bytes());
              table.put("indexBytes", each.indexBytes());
              table.put("writesPerSecond", each.writesPerSecond());
              return table;
            })
            .toList());
    fields.put("notOwned", target.notOwned());
    fields.put("estimateError", target.estimateError());
    return fields;
  }
}
