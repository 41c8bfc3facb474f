package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import dev.whimbrel.cli.output.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A report in the Static Analysis Results Interchange Format, version 2.1.0. */
public final class SarifReport {
  private SarifReport() {}

  public static Map<String, @Nullable Object> fields(Report report, String version) {
    Map<String, @Nullable Object> driver = Fields.object();
    driver.put("name", "whimbrel");
    driver.put("version", version);
    driver.put("rules", rules(report));
    Map<String, @Nullable Object> run = Fields.object();
    run.put("tool", Map.of("driver", driver));
    run.put("results", report.findings().stream().map(SarifReport::result).toList());
    Map<String, @Nullable Object> sarif = Fields.object();
    sarif.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    sarif.put("version", "2.1.0");
    sarif.put("runs", List.of(run));
    return sarif;
  }

  private static List<Map<String, Object>> rules(Report report) {
    TreeSet<String> codes = new TreeSet<>();
    report.findings().forEach(each -> codes.add(each.code()));
    return codes.stream().map(code -> Map.<String, Object>of("id", code)).toList();
  }

  private static Map<String, @Nullable Object> result(Result.Finding finding) {
    Map<String, @Nullable Object> result = Fields.object();
    result.put("ruleId", finding.code());
    result.put(
        "level",
        switch (finding.severity()) {
          case "error" -> "error";
          case "warn" -> "warning";
          default -> "note";
        });
    result.put("message", Map.of("text", finding.message() + "\n\n" + finding.saferWay()));
    List<Object> locations = new ArrayList<>();
    if (finding.file() != null) {
      locations.add(
          Map.of(
              "physicalLocation",
              Map.of(
                  "artifactLocation",
                  Map.of("uri", finding.file()),
                  "region",
                  Map.of("startLine", Math.max(1, finding.line())))));
    }
    result.put("locations", locations);
    if (finding.allowed()) {
      result.put("suppressions", List.of(Map.of("kind", "inSource")));
    }
    return result;
  }
}
