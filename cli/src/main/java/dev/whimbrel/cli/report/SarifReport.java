package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report in the Static Analysis Results Interchange Format, version 2.1.0. */
public final class SarifReport {
  private static final String HOME = "https://json.schemastore.org/sarif-2.1.0.json";

  private SarifReport() {}

  /**
   * The log.
   *
   * @param version of this program
   * @param pages the page of a code in Markdown, null where there is none
   */
  public static Map<String, @Nullable Object> fields(
      Report report, String version, Function<String, @Nullable String> pages) {
    List<String> codes =
        List.copyOf(new TreeSet<>(report.findings().stream().map(Result.Finding::code).toList()));
    Map<String, @Nullable Object> driver = Fields.object();
    driver.put("name", "whimbrel");
    driver.put("version", version);
    driver.put("rules", codes.stream().map(code -> rule(code, pages.apply(code))).toList());
    Map<String, @Nullable Object> run = Fields.object();
    run.put("tool", Map.of("driver", driver));
    run.put("invocations", List.of(invocation(report.failure())));
    run.put("columnKind", "utf16CodeUnits");
    run.put("results", report.findings().stream().map(each -> result(each, codes)).toList());
    Map<String, @Nullable Object> sarif = Fields.object();
    sarif.put("$schema", HOME);
    sarif.put("version", "2.1.0");
    sarif.put("runs", List.of(run));
    return sarif;
  }

  private static Map<String, @Nullable Object> rule(String code, @Nullable String page) {
    Map<String, @Nullable Object> rule = Fields.object();
    rule.put("id", code);
    if (page != null) {
      String title = page.lines().findFirst().orElse(code).replaceFirst("^#+\\s*", "");
      rule.put("shortDescription", Map.of("text", title));
      rule.put("fullDescription", Map.of("text", opening(page, title)));
      Map<String, @Nullable Object> help = Fields.object();
      help.put("text", page.strip());
      help.put("markdown", page.strip());
      rule.put("help", help);
    }
    return rule;
  }

  /** The paragraph below the title. */
  private static String opening(String page, String title) {
    return page.lines()
        .skip(1)
        .dropWhile(String::isBlank)
        .takeWhile(line -> !line.isBlank())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(" "), text -> text.isEmpty() ? title : text));
  }

  private static Map<String, @Nullable Object> invocation(@Nullable Problem failure) {
    Map<String, @Nullable Object> invocation = Fields.object();
    invocation.put("executionSuccessful", failure == null);
    if (failure != null) {
      Map<String, @Nullable Object> notification = Fields.object();
      notification.put("level", "error");
      notification.put("descriptor", Map.of("id", failure.code().name()));
      notification.put("message", Map.of("text", failure.problem() + "\n\n" + failure.remedy()));
      if (failure.place() != null) {
        notification.put(
            "locations", List.of(location(failure.place().file(), failure.place().line())));
      }
      invocation.put("toolExecutionNotifications", List.of(notification));
    }
    return invocation;
  }

  private static Map<String, @Nullable Object> result(Result.Finding finding, List<String> codes) {
    Map<String, @Nullable Object> result = Fields.object();
    result.put("ruleId", finding.code());
    result.put("ruleIndex", codes.indexOf(finding.code()));
    result.put(
        "level",
        switch (finding.severity()) {
          case "error" -> "error";
          case "warn" -> "warning";
          default -> "note";
        });
    result.put(
        "message", Map.of("text", (finding.message() + "\n\n" + finding.saferWay()).strip()));
    List<Object> locations = new ArrayList<>();
    if (finding.file() != null) {
      locations.add(location(finding.file(), finding.line()));
    }
    result.put("locations", locations);
    result.put(
        "partialFingerprints",
        Map.of(
            "statement/v1",
            finding.code()
                + ":"
                + finding.revision()
                + ":"
                + finding.statement()
                + ":"
                + finding.relation()));
    if (finding.allowed()) {
      result.put("suppressions", List.of(Map.of("kind", "inSource")));
    }
    return result;
  }

  private static Map<String, Object> location(String file, int line) {
    String uri = uri(file);
    Map<String, @Nullable Object> artifact = Fields.object();
    artifact.put("uri", uri);
    if (!uri.startsWith("file:")) {
      artifact.put("uriBaseId", "%SRCROOT%");
    }
    Map<String, @Nullable Object> physical = Fields.object();
    physical.put("artifactLocation", artifact);
    physical.put("region", Map.of("startLine", Math.max(1, line)));
    return Map.of("physicalLocation", physical);
  }

  /** A relative reference, with what a URI may not contain as it is encoded. */
  private static String uri(String file) {
    try {
      String path = file.replace('\\', '/');
      String encoded = new URI(null, null, "/" + path, null).toASCIIString().substring(1);
      return path.startsWith("/") ? "file://" + encoded : encoded;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(file, e);
    }
  }
}
