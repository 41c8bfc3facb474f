package dev.whimbrel.cli.page;

import com.samskivert.mustache.Mustache;
import dev.whimbrel.Result;
import dev.whimbrel.cli.report.Report;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A report as one HTML page that needs nothing else: no network, no other file. */
public final class Page {
  /** Rows in the way: the one finding that is certain to make a deployment fail. */
  private static final String ROWS = "W350";

  private final Report report;
  private final Sections sections;

  private Page(Report report) {
    this.report = report;
    this.sections = new Sections(report);
  }

  /**
   * The page's text.
   *
   * @param version of this program
   * @param now when the report was made
   */
  public static String of(Report report, String version, Instant now) {
    return new Page(report).render(version, now);
  }

  private String render(String version, Instant now) {
    String script = resource("report.js");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("style", resource("report.css"));
    fields.put("script", script);
    fields.put("scriptHash", hash(script));
    fields.put("version", version);
    fields.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    verdict(fields);
    fields.put("numbers", numbers());
    fields.put("failure", failure());
    fields.put("findings", sections.findings());
    fields.put("preflight", sections.preflight());
    fields.put("locks", new LockPicture(report).fields());
    fields.put("revisions", sections.revisions());
    fields.put("schema", new EntityPicture(report.schema()).fields());
    fields.put("graph", new GraphPicture(report).fields());
    fields.put("target", sections.target());
    fields.put("notes", report.notes());
    for (String each :
        List.of("failure", "findings", "preflight", "locks", "schema", "graph", "target")) {
      fields.put(
          "has" + Character.toUpperCase(each.charAt(0)) + each.substring(1),
          fields.get(each) instanceof Map<?, ?> map && !map.isEmpty());
    }
    fields.put("hasRevisions", !report.statements().isEmpty());
    fields.put("hasNotes", !report.notes().isEmpty());
    return Mustache.compiler()
        .emptyStringIsFalse(true)
        .compile(resource("report.html"))
        .execute(fields);
  }

  private void verdict(Map<String, Object> fields) {
    fields.put("verdict", report.verdict());
    fields.put("kind", report.refused() ? "bad" : report.idle() ? "idle" : "good");
    fields.put("subject", report.subject());
    Result.Status status = report.status();
    boolean moves = status != null && !report.revisions().isEmpty();
    fields.put("moves", moves);
    fields.put(
        "from",
        status == null || status.current().isEmpty()
            ? "an empty database"
            : String.join(", ", status.current()));
    fields.put("to", status == null ? "" : String.join(", ", status.latest()));
    fields.put("because", because());
  }

  /** The first reasons, in a line. */
  private String because() {
    Problem failure = report.failure();
    if (failure != null) {
      return failure.problem();
    }
    return report.blocking().stream()
        .min(Comparator.comparingInt((Result.Finding each) -> each.code().equals(ROWS) ? 0 : 1))
        .map(first -> first.message() + rest(report.blocking().size() - 1))
        .orElse("");
  }

  private static String rest(int more) {
    return more == 0
        ? ""
        : " And "
            + Words.count(more, "more finding")
            + (more == 1 ? " stands" : " stand")
            + " in the way.";
  }

  private List<Map<String, Object>> numbers() {
    List<Map<String, Object>> numbers = new ArrayList<>();
    if (report.idle()) {
      return numbers;
    }
    int revisions = report.revisions().size();
    String noun = report.status() == null ? "revision" : "pending revision";
    numbers.add(number(Words.number(revisions), noun + (revisions == 1 ? "" : "s"), ""));
    int statements = report.statements().size();
    numbers.add(number(Words.number(statements), statements == 1 ? "statement" : "statements", ""));
    long errors = report.count("error");
    numbers.add(
        number(Words.number(errors), errors == 1 ? "error" : "errors", errors > 0 ? "bad" : ""));
    long warnings = report.count("warn");
    numbers.add(
        number(
            Words.number(warnings),
            warnings == 1 ? "warning" : "warnings",
            warnings > 0 ? "warn" : ""));
    long longest =
        report.statements().stream().mapToLong(Result.Statement::estimatedBlockMs).max().orElse(0);
    if (!report.statements().isEmpty()) {
      numbers.add(
          number(longest == 0 ? "none" : Report.time(longest), "longest wait for others", ""));
    }
    long rows = report.preflight().stream().mapToLong(each -> Math.max(0, each.violations())).sum();
    if (!report.preflight().isEmpty()) {
      numbers.add(number(Words.number(rows), "rows in the way", rows > 0 ? "bad" : ""));
    }
    if (report.reversible() != null) {
      numbers.add(
          number(
              report.reversible() ? "yes" : "no",
              "down and up again",
              report.reversible() ? "" : "warn"));
    }
    if (report.equalTo() != null) {
      numbers.add(number("equal", "to " + report.equalTo() + " afterwards", ""));
    }
    return numbers;
  }

  private static Map<String, Object> number(String value, String label, String kind) {
    return Map.of("value", value, "label", label, "kind", kind);
  }

  private Map<String, Object> failure() {
    Problem failure = report.failure();
    if (failure == null) {
      return Map.of();
    }
    Place place = failure.place();
    return Map.of(
        "code", failure.code().name(),
        "problem", failure.problem(),
        "remedy", failure.remedy(),
        "place", place == null ? "" : place.file() + ":" + place.line(),
        "statement", failure.statement() == null ? "" : failure.statement());
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the page's own policy allows to run. */
  private static String hash(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
