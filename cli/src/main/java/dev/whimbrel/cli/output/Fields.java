package dev.whimbrel.cli.output;

import dev.whimbrel.Result;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The facade's records as JSON objects, with the field names promised to the outside. */
public final class Fields {
  private Fields() {}

  /** An object that keeps its order and may hold null. */
  public static Map<String, @Nullable Object> object() {
    return new LinkedHashMap<>();
  }

  /** What every command that looked at a database says of it. */
  public static void database(
      Map<String, @Nullable Object> into, Result.Database database, @Nullable String source) {
    into.put("engine", database.engine());
    into.put("url", database.url());
    into.put("source", source);
  }

  public static List<Map<String, @Nullable Object>> revisions(List<Result.Revision> revisions) {
    return each(revisions, Fields::revision);
  }

  /** The fields of each; without a stream, since the first one of a process takes 2 ms. */
  public static <T> List<Map<String, @Nullable Object>> each(
      List<T> items, Function<T, Map<String, @Nullable Object>> fields) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>(items.size());
    for (T item : items) {
      all.add(fields.apply(item));
    }
    return all;
  }

  public static Map<String, @Nullable Object> revision(Result.Revision revision) {
    Map<String, @Nullable Object> fields = object();
    fields.put("revision", revision.revision());
    fields.put("revises", revision.revises());
    fields.put("message", revision.message());
    fields.put("file", revision.file());
    fields.put("phase", revision.phase());
    fields.put("created", revision.created());
    fields.put("labels", revision.labels());
    fields.put("depends", revision.depends());
    return fields;
  }

  public static Map<String, @Nullable Object> entry(Result.Entry entry) {
    Map<String, @Nullable Object> fields = revision(entry.revision());
    fields.put("children", entry.children());
    fields.put("head", entry.head());
    fields.put("effectiveHead", entry.effectiveHead());
    fields.put("branchPoint", entry.branchPoint());
    fields.put("mergePoint", entry.mergePoint());
    fields.put("current", entry.current());
    Result.History applied = entry.applied();
    fields.put("applied", applied == null ? null : history(applied));
    return fields;
  }

  private static Map<String, @Nullable Object> history(Result.History history) {
    Map<String, @Nullable Object> fields = object();
    fields.put("checksum", history.checksum());
    fields.put("appliedAt", history.appliedAt());
    fields.put("appliedBy", history.appliedBy());
    fields.put("ms", history.ms());
    fields.put("toolVersion", history.toolVersion());
    fields.put("commit", history.commit());
    return fields;
  }

  public static Map<String, @Nullable Object> applied(Result.Applied applied) {
    Map<String, @Nullable Object> fields = object();
    fields.put("revision", applied.revision());
    fields.put("ms", applied.ms());
    fields.put("statements", applied.statements());
    fields.put("retries", applied.retries());
    return fields;
  }

  public static Map<String, @Nullable Object> statement(Result.Statement statement) {
    Map<String, @Nullable Object> fields = object();
    fields.put("revision", statement.revision());
    fields.put("index", statement.index());
    fields.put("sql", statement.sql());
    fields.put("ms", statement.ms());
    fields.put("transactional", statement.transactional());
    return fields;
  }

  /** What changes, and what was written and proven. */
  public static Map<String, @Nullable Object> migration(Result.Migration migration) {
    Map<String, @Nullable Object> fields = object();
    fields.put("changes", migration.changes().stream().map(Fields::change).toList());
    fields.put("summary", migration.summary());
    Result.Written written = migration.written();
    fields.put("revision", written == null ? null : written.revision().revision());
    fields.put("file", written == null ? null : written.revision().file());
    fields.put("proven", migration.proven() ? proven() : null);
    fields.put("renames", migration.renames());
    fields.put("unmodelled", migration.unmodelled());
    fields.put("kept", migration.kept());
    fields.put("note", migration.note().isEmpty() ? null : migration.note());
    return fields;
  }

  private static Map<String, @Nullable Object> proven() {
    Map<String, @Nullable Object> fields = object();
    fields.put("up", true);
    fields.put("down", true);
    fields.put("again", true);
    return fields;
  }

  private static Map<String, @Nullable Object> change(Result.Change change) {
    Map<String, @Nullable Object> fields = object();
    fields.put("kind", change.kind());
    fields.put("object", change.object());
    fields.put("sql", change.sql());
    fields.put("losesData", change.losesData());
    return fields;
  }

  /** Who changed something past the revisions. */
  public static Map<String, @Nullable Object> trace(Result.Trace trace) {
    Map<String, @Nullable Object> fields = object();
    fields.put("change", trace.change());
    fields.put("by", trace.by());
    fields.put("owner", trace.owner());
    fields.put("at", trace.at());
    fields.put("application", trace.app());
    fields.put("command", trace.command());
    return fields;
  }

  /** A revision that a database may be at. */
  public static Map<String, @Nullable Object> candidate(Result.Candidate candidate) {
    Map<String, @Nullable Object> fields = object();
    fields.put("revisions", candidate.revisions());
    fields.put("message", candidate.message());
    fields.put("differences", candidate.differences());
    fields.put("strange", candidate.strange());
    return fields;
  }

  /** A problem, with its place where it has one. */
  public static Map<String, @Nullable Object> problem(Problem problem) {
    Map<String, @Nullable Object> fields = object();
    fields.put("code", problem.code().name());
    fields.put("problem", problem.problem());
    Place place = problem.place();
    if (place != null) {
      fields.put("file", place.file());
      fields.put("line", place.line());
      fields.put("column", place.column());
    }
    if (problem.statement() != null) {
      fields.put("statement", problem.statement());
      fields.put("position", problem.position());
    }
    fields.put("remedy", problem.remedy());
    fields.put("done", problem.done());
    fields.put("notDone", problem.notDone());
    return fields;
  }
}
