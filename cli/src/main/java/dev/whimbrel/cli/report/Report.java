package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import dev.whimbrel.error.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all forms of a report are written from.
 *
 * @param revisions those that were looked at, in order
 * @param target null when there is none
 * @param blocking the findings for which a deployment is refused
 * @param failure why it would fail or be refused otherwise; null when it would not
 * @param pictures what else a page shows; null without a target
 */
public record Report(
    List<Result.Revision> revisions,
    Result.@Nullable Target target,
    List<Result.Statement> statements,
    List<Result.Finding> findings,
    List<Result.Preflight> preflight,
    List<String> notes,
    List<Result.Finding> blocking,
    @Nullable Problem failure,
    @Nullable Pictures pictures) {

  /**
   * What a page can draw.
   *
   * @param status of the target
   * @param graph all revisions, parents first
   * @param diagram how the schema changes; null when it is not known
   * @param reversible whether going down and up again went well; null when it was not tried
   * @param equalTo what the schema equals afterwards; null when nothing that is known
   */
  public record Pictures(
      Result.Status status,
      List<Result.Node> graph,
      Result.@Nullable Diagram diagram,
      @Nullable Boolean reversible,
      @Nullable String equalTo) {}


  public static Report of(Result.Simulation simulation) {
    return new Report(
        simulation.status().pending(),
        simulation.target(),
        simulation.statements(),
        simulation.findings(),
        simulation.preflight(),
        simulation.notes(),
        simulation.blocking(),
        simulation.failure() == null ? simulation.status().refusal() : simulation.failure(),
        new Pictures(
            simulation.status(),
            simulation.graph(),
            simulation.diagram(),
            simulation.reversible(),
            simulation.leavesSchemaEqualTo()));
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
        lint.failure(),
        null);
  }

  public List<Result.Statement> statementsOf(String revision) {
    return statements.stream().filter(each -> each.revision().equals(revision)).toList();
  }

  public List<Result.Finding> findingsOf(String revision) {
    return findings.stream().filter(each -> each.revision().equals(revision)).toList();
  }

  public long count(String severity) {
    return findings.stream()
        .filter(each -> each.severity().equals(severity) && !each.allowed())
        .count();
  }

  /** Whether a deployment would end well. */
  public boolean wellEnding() {
    return failure == null && blocking.isEmpty();
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
  public static String start(String sql, int most) {
    return Figures.cut(String.join(" ", sql.strip().split("\\s+", -1)), most);
  }

  /** The locks that others feel; the strongest kind first where there is none. */
  public static String locks(Result.Statement statement) {
    List<String> blocking =
        statement.locks().stream()
            .filter(each -> !each.blocks().isEmpty())
            .map(each -> each.relation() + " " + each.mode())
            .toList();
    return blocking.isEmpty() ? "none that blocks" : String.join(", ", blocking);
  }

  /** What the statement did to rows and files. */
  public static String work(Result.Statement statement) {
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
  public static String blocks(Result.Statement statement) {
    return Figures.time(statement.estimatedBlockMs());
  }
}
