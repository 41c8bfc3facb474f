package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What all forms of a report are written from.
 *
 * @param revisions those that were looked at, in order
 * @param target null when there is none
 * @param blocking the findings for which a deployment is refused
 */
public record Report(
    List<Result.Revision> revisions,
    Result.@Nullable Target target,
    List<Result.Statement> statements,
    List<Result.Finding> findings,
    List<Result.Preflight> preflight,
    List<String> notes,
    List<Result.Finding> blocking,
    boolean failed) {

  public static Report of(Result.Simulation simulation) {
    return new Report(
        simulation.status().pending(),
        simulation.target(),
        simulation.statements(),
        simulation.findings(),
        simulation.preflight(),
        simulation.notes(),
        simulation.blocking(),
        simulation.failure() != null);
  }

  public static Report of(Result.Lint lint) {
    return new Report(
        lint.revisions(),
        null,
        lint.statements(),
        lint.findings(),
        List.of(),
        List.of(),
        lint.blocking(),
        lint.failure() != null);
  }

  List<Result.Statement> statements(String revision) {
    return statements.stream().filter(each -> each.revision().equals(revision)).toList();
  }

  List<Result.Finding> findings(String revision) {
    return findings.stream().filter(each -> each.revision().equals(revision)).toList();
  }

  long count(String severity) {
    return findings.stream()
        .filter(each -> each.severity().equals(severity) && !each.allowed())
        .count();
  }

  /** Such as {@code 2 errors, 1 warning, 4 notes}. */
  public String counts() {
    return "%s, %s, %s"
        .formatted(
            plural(count("error"), "error"),
            plural(count("warn"), "warning"),
            plural(count("info"), "note"));
  }

  private static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The start of a statement in one line of at most so many characters. */
  static String start(String sql, int most) {
    String line = String.join(" ", sql.strip().split("\\s+", -1));
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  /** The locks that others feel; the strongest kind first where there is none. */
  static String locks(Result.Statement statement) {
    List<String> blocking =
        statement.locks().stream()
            .filter(each -> !each.blocks().isEmpty())
            .map(each -> each.relation() + " " + each.mode())
            .toList();
    return blocking.isEmpty() ? "none that blocks" : String.join(", ", blocking);
  }

  /** What the statement did to rows and files. */
  static String work(Result.Statement statement) {
    StringBuilder work = new StringBuilder();
    append(work, "copies ", statement.rewrites());
    List<String> read =
        statement.scans().stream().filter(each -> !statement.rewrites().contains(each)).toList();
    append(work, "reads ", read);
    append(work, "builds ", statement.indexBuilds());
    return work.isEmpty() ? "catalog only" : work.toString();
  }

  private static void append(StringBuilder work, String verb, List<String> names) {
    if (!names.isEmpty()) {
      work.append(work.isEmpty() ? "" : "; ").append(verb).append(String.join(", ", names));
    }
  }

  /** How long others wait, such as {@code 41 s}. */
  static String blocks(Result.Statement statement) {
    long ms = statement.estimatedBlockMs();
    if (ms == 0) {
      return "–";
    }
    return ms < 1000 ? ms + " ms" : String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
  }
}
