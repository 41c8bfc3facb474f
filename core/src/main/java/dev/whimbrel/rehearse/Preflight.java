package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Facts;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.Names;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.hazard.Severity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts the rows of a target that are in the way of a deployment.
 *
 * <p>What is asked of the rows is read from the catalog before and after each statement of the
 * rehearsal, not from the SQL. The target is read in read-only transactions, each limited in time.
 */
public final class Preflight {
  /** The code of its findings. */
  public static final String CODE = "W350";

  private static final String CANCELLED = "57014";
  private static final int EXAMPLES = 3;

  private final Connection target;
  private final Map<String, Facts.Table> tables;
  private final Duration limit;

  /**
   * @param target read only
   * @param tables what is known of its tables
   * @param limit for each question
   */
  public Preflight(Connection target, Map<String, Facts.Table> tables, Duration limit) {
    this.target = target;
    this.tables = Map.copyOf(tables);
    this.limit = limit;
  }

  /**
   * An answer.
   *
   * @param check such as {@code not null}
   * @param violations how many rows are in the way; -1 where they could not be counted
   * @param examples up to three of them, by their key
   * @param note why the count is not the last word; empty when it is
   */
  public record Violation(
      String revision,
      int statement,
      String check,
      String relation,
      List<String> columns,
      long violations,
      List<String> examples,
      String note) {
    public Violation {
      columns = List.copyOf(columns);
      examples = List.copyOf(examples);
    }

    /** As a finding; only for rows in the way, and for what could not be counted. */
    public Finding finding() {
      String where =
          columns.isEmpty() ? relation : relation + " (" + String.join(", ", columns) + ")";
      String shown = examples.isEmpty() ? "" : ", such as " + String.join("; ", examples);
      String message =
          violations < 0
              ? "%s on %s could not be checked: %s.".formatted(check, where, note)
              : "%,d rows of %s break %s%s.%s"
                  .formatted(
                      violations, where, check, shown, note.isEmpty() ? "" : " But " + note + ".");
      return new Finding(
          CODE,
          violations > 0 && note.isEmpty() ? Severity.ERROR : Severity.WARN,
          revision,
          statement,
          relation,
          message,
          "Mend these rows before, in a revision of their own or by hand; then simulate again.",
          false);
    }
  }

  /** Asks everything the plan demands. */
  public List<Violation> look(Rehearsal.Outcome outcome) throws SQLException {
    List<Violation> found = new ArrayList<>();
    for (Demand demand : Demand.of(outcome.observations(), outcome.partitions())) {
      if (tables.getOrDefault(demand.table().qualified(), Facts.Table.EMPTY).rows() > 0) {
        found.add(ask(demand, changedBefore(demand, outcome.observations())));
      }
    }
    return found;
  }

  /** Number of the statement that changes the table's rows before they are judged, or 0. */
  private static String changedBefore(Demand demand, List<Observation> plan) {
    for (Observation each : plan) {
      if (each.equals(demand.seen())) {
        return "";
      }
      if (each.changedRows().containsKey(demand.table().oid())) {
        return "statement %d of %s changes rows of the table before"
            .formatted(each.index(), each.revision());
      }
    }
    return "";
  }

  private Violation ask(Demand demand, String note) throws SQLException {
    String counting =
        demand.grouped().isEmpty()
            ? "select count(*) from %s where %s".formatted(demand.from(), demand.violation())
            : "select coalesce(sum(n - 1), 0) from (select count(*) as n from %s where %s group by %s having count(*) > 1) g"
                .formatted(demand.from(), demand.violation(), demand.grouped());
    try (Statement statement = target.createStatement()) {
      statement.execute("begin isolation level repeatable read read only");
      try {
        statement.execute("set local statement_timeout = " + limit.toMillis());
        statement.execute("set local search_path = public, pg_catalog");
        long count;
        try (ResultSet row = statement.executeQuery(counting)) {
          row.next();
          count = row.getLong(1);
        }
        return answer(demand, count, count > 0 ? examples(statement, demand) : List.of(), note);
      } catch (SQLException e) {
        String reason =
            CANCELLED.equals(e.getSQLState())
                ? "it takes longer than " + limit.toSeconds() + " s"
                : String.valueOf(e.getMessage())
                    .replaceFirst("^ERROR: ", "")
                    .lines()
                    .findFirst()
                    .orElse("");
        return answer(demand, -1, List.of(), reason);
      } finally {
        statement.execute("rollback");
      }
    }
  }

  private static Violation answer(Demand demand, long count, List<String> examples, String note) {
    return new Violation(
        demand.seen().revision(),
        demand.seen().index(),
        demand.check(),
        demand.table().qualified(),
        demand.columns(),
        count,
        examples,
        note);
  }

  private static List<String> examples(Statement statement, Demand demand) throws SQLException {
    List<String> examples = new ArrayList<>();
    String shown =
        demand.grouped().isEmpty() ? key(demand) : "concat_ws(', ', " + demand.grouped() + ")";
    String rest =
        demand.grouped().isEmpty() ? "" : " group by " + demand.grouped() + " having count(*) > 1";
    try (ResultSet row =
        statement.executeQuery(
            "select %s from %s where %s%s order by 1 limit %d"
                .formatted(shown, demand.from(), demand.violation(), rest, EXAMPLES))) {
      while (row.next()) {
        String text = row.getString(1);
        String label = demand.grouped().isEmpty() ? "" : demand.grouped().replace("\"", "") + "=";
        examples.add(label + text);
      }
    }
    return examples;
  }

  /** The row's primary key as {@code id=4}, or its place. */
  private static String key(Demand demand) {
    Catalog.Relation now = demand.seen().after().relations().get(demand.table().oid());
    for (Catalog.Constraint each : demand.seen().origin().constraints().values()) {
      if (each.kind() == 'p' && each.relation() == demand.table().oid() && now != null) {
        List<String> parts = new ArrayList<>();
        for (int number : each.columns()) {
          Catalog.Column column = now.columns().get(number);
          if (column != null) {
            parts.add(
                "'%s=' || t.%s"
                    .formatted(column.name().replace("'", "''"), Names.quoted(column.name())));
          }
        }
        if (!parts.isEmpty()) {
          return String.join(" || ', ' || ", parts);
        }
      }
    }
    return "'row ' || t.whimbrel_row";
  }
}
