package dev.whimbrel.cli.report;

import dev.whimbrel.Outline;
import dev.whimbrel.Result;
import dev.whimbrel.error.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all forms of a report are written from.
 *
 * @param subject what was looked at, such as {@code postgresql 15.18 at postgresql://db/werent}
 * @param revisions those that were looked at, in order
 * @param status what was found; null without a target
 * @param target null when nothing was rehearsed for one
 * @param blocking the findings for which a deployment is refused
 * @param failure why nothing can be deployed, or how a revision failed; null for none
 * @param reversible whether going down and up again went well; null when it was not tried
 * @param equalTo what the schema afterwards equals; null when that is not known
 * @param graph all revisions, newest first
 */
public record Report(
    String subject,
    List<Result.Revision> revisions,
    Result.@Nullable Status status,
    Result.@Nullable Target target,
    List<Result.Statement> statements,
    List<Result.Finding> findings,
    List<Result.Preflight> preflight,
    List<String> notes,
    List<Result.Finding> blocking,
    @Nullable Problem failure,
    @Nullable Boolean reversible,
    @Nullable String equalTo,
    Outline.Change schema,
    List<Result.Entry> graph) {

  private static final Pattern SQL = Pattern.compile(";\\s*(--.*)?$", Pattern.MULTILINE);

  /** Whether a safer way can be pasted, and is not advice in words. */
  public static boolean isSql(String saferWay) {
    return SQL.matcher(saferWay.strip()).find();
  }

  /** Of a rehearsal for a target. */
  public static Report of(String subject, Result.Simulation simulation, List<Result.Entry> graph) {
    Result.Status status = simulation.status();
    return new Report(
        subject,
        status.pending(),
        status,
        simulation.target(),
        simulation.statements(),
        simulation.findings(),
        simulation.preflight(),
        simulation.notes(),
        simulation.blocking(),
        status.refusal() == null ? simulation.failure() : status.refusal(),
        simulation.reversible(),
        simulation.leavesSchemaEqualTo(),
        simulation.schema(),
        graph);
  }

  /** Of files alone. */
  public static Report of(Result.Lint lint, List<Result.Entry> graph) {
    return new Report(
        "",
        lint.revisions(),
        null,
        null,
        lint.statements(),
        lint.findings(),
        List.of(),
        lint.notes(),
        lint.blocking(),
        lint.failure(),
        null,
        null,
        lint.schema(),
        graph);
  }

  /** Whether a deployment, or a check of files, has to stop. */
  public boolean refused() {
    return failure != null || !blocking.isEmpty();
  }

  /** Whether there was nothing to look at. */
  public boolean idle() {
    return failure == null && revisions.isEmpty();
  }

  /** What it all comes to, in one line. */
  public String verdict() {
    if (failure != null) {
      boolean before = status != null && status.refusal() != null;
      String what = status == null ? "A revision fails" : "The deployment would fail";
      return (before ? "The deployment would be refused" : what) + " (" + failure.code() + ")";
    }
    if (!blocking.isEmpty()) {
      return status == null ? "Findings stand in the way" : "The deployment would be refused";
    }
    if (revisions.isEmpty()) {
      return status == null ? "There are no revisions" : "Nothing is pending";
    }
    return status == null ? "Nothing stands in the way" : "The deployment would succeed";
  }

  public List<Result.Statement> statements(String revision) {
    return statements.stream().filter(each -> each.revision().equals(revision)).toList();
  }

  public List<Result.Finding> findings(String revision) {
    return findings.stream().filter(each -> each.revision().equals(revision)).toList();
  }

  public long count(String severity) {
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

  static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The start of a statement in one line of at most so many characters. */
  public static String start(String sql, int most) {
    String line = String.join(" ", sql.strip().split("\\s+", -1));
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  /**
   * The locks that others feel: those of tables and views, not of the indexes that go with them.
   */
  public List<Result.Lock> felt(Result.Statement statement) {
    Set<String> known = new HashSet<>();
    schema.before().entities().forEach(each -> known.add(each.name()));
    schema.after().entities().forEach(each -> known.add(each.name()));
    List<Result.Lock> blocking =
        statement.locks().stream().filter(each -> !each.blocks().isEmpty()).toList();
    List<Result.Lock> tables =
        blocking.stream().filter(each -> known.contains(each.relation())).toList();
    return tables.isEmpty() ? blocking : tables;
  }

  String locks(Result.Statement statement) {
    List<String> blocking =
        felt(statement).stream().map(each -> each.relation() + " " + each.mode()).toList();
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
    long ms = statement.estimatedBlockMs();
    return ms == 0 ? "–" : time(ms);
  }

  /** A time such as {@code 41 s} or {@code 12 min}. */
  public static String time(long ms) {
    if (ms < 1000) {
      return ms + " ms";
    }
    double seconds = ms / 1000.0;
    if (seconds < 120) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    double minutes = seconds / 60;
    return String.format(
        Locale.ROOT, minutes < 120 ? "%.0f min" : "%.1f h", minutes < 120 ? minutes : minutes / 60);
  }
}
