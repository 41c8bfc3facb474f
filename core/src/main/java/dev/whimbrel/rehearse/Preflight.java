package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Facts;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.Names;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.hazard.Severity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private static final String DATA = "22";

  /** After this many times the limit, what is left is answered from samples. */
  private static final int TOTAL = 6;

  private static final int SAMPLE_ROWS = 50_000;
  private static final int EXAMPLES = 3;

  private final Connection target;
  private final Map<String, Facts.Table> tables;
  private final Duration limit;
  private Duration spent = Duration.ZERO;

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
   * @param mendedBefore whether the deployment itself changes the rows before
   * @param query what shows the rows; empty where there is none
   */
  public record Violation(
      String revision,
      int statement,
      String check,
      String relation,
      List<String> columns,
      long violations,
      List<String> examples,
      String note,
      boolean mendedBefore,
      String query) {
    public Violation {
      columns = List.copyOf(columns);
      examples = List.copyOf(examples);
    }

    /** As a finding; only for rows in the way, and for what could not be counted. */
    public Finding finding() {
      String where =
          columns.isEmpty() ? relation : relation + " (" + String.join(", ", columns) + ")";
      String shown = examples.isEmpty() ? "" : ", such as " + String.join("; ", examples);
      String more = note.isEmpty() ? "" : " But " + note + ".";
      String message =
          violations < 0
              ? "%s on %s could not be checked: %s.".formatted(check, where, note)
              : violations == 0
                  ? "No row of %s breaks %s among those looked at.%s".formatted(where, check, more)
                  : "%,d %s of %s %s %s%s.%s"
                      .formatted(
                          violations,
                          violations == 1 ? "row" : "rows",
                          where,
                          violations == 1 ? "breaks" : "break",
                          check,
                          shown,
                          more);
      return new Finding(
          CODE,
          violations < 0
              ? Severity.WARN
              : violations == 0 ? Severity.INFO : mendedBefore ? Severity.WARN : Severity.ERROR,
          revision,
          statement,
          relation,
          message,
          query.isEmpty()
              ? "Mend these rows before, in a revision of their own or by hand; then simulate"
                  + " again."
              : "-- these rows are to be mended before, in a revision of their own or by hand:\n"
                  + query
                  + ";",
          false);
    }

    /** Whether anything is to be said. */
    public boolean tells() {
      return violations != 0 || !note.isEmpty();
    }
  }

  /**
   * Asks everything the plan demands.
   *
   * @param plan what was observed, or is expected
   */
  public List<Violation> look(List<Observation> plan) throws SQLException {
    List<Violation> found = new ArrayList<>();
    for (Demand demand : Demand.of(plan)) {
      if (rows(demand) > 0) {
        found.add(ask(demand, changedBefore(demand, plan)));
      }
    }
    return found;
  }

  private long rows(Demand demand) {
    return tables.getOrDefault(demand.table().qualified(), Facts.Table.EMPTY).rows();
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

  private Violation ask(Demand demand, String changed) throws SQLException {
    long start = System.nanoTime();
    Answer answer = spent.compareTo(limit.multipliedBy(TOTAL)) < 0 ? count(demand, limit) : null;
    String note = changed;
    if (answer == null) {
      double percent = Math.clamp(100.0 * SAMPLE_ROWS / rows(demand), 0.01, 50);
      answer = count(demand.sampled(percent), limit);
      note =
          String.format(
              Locale.ROOT,
              "only a sample of about %s %% of the rows was looked at, because all take longer than"
                  + " %s s",
              percent < 1 ? String.format(Locale.ROOT, "%.2f", percent) : Math.round(percent),
              seconds(limit));
    }
    spent = spent.plusNanos(System.nanoTime() - start);
    if (answer == null) {
      answer = new Answer(-1, List.of(), "it takes longer than " + seconds(limit) + " s");
    }
    return new Violation(
        demand.seen().revision(),
        demand.seen().index(),
        demand.check(),
        demand.table().qualified(),
        demand.columns(),
        answer.count(),
        answer.examples(),
        answer.note().isEmpty() ? note : answer.note(),
        !changed.isEmpty(),
        answer.count() > 0 ? demand.query() : "");
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0
        ? Long.toString(time.toSeconds())
        : String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  private record Answer(long count, List<String> examples, String note) {}

  /** Counts in the given time; null where that is not enough. */
  private @Nullable Answer count(Demand demand, Duration time) throws SQLException {
    String counting =
        demand.grouped().isEmpty()
            ? "select count(*) from %s where %s".formatted(demand.from(), demand.violation())
            : "select coalesce(sum(n - 1), 0) from (select count(*) as n from %s where %s group by %s having count(*) > 1) g"
                .formatted(demand.from(), demand.violation(), demand.grouped());
    try (Statement statement = target.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("begin isolation level repeatable read read only");
      try {
        prepare(statement, demand, time);
        long count;
        try (ResultSet row = statement.executeQuery(counting)) {
          row.next();
          count = row.getLong(1);
        }
        return new Answer(count, count > 0 ? examples(statement, demand) : List.of(), "");
      } catch (SQLException e) {
        String reason =
            String.valueOf(e.getMessage())
                .replaceFirst("^ERROR: ", "")
                .lines()
                .findFirst()
                .orElse("");
        String state = String.valueOf(e.getSQLState());
        if (state.equals(CANCELLED)) {
          return null;
        }
        // A value that the new type refuses stops the count at the first such row. What fails
        // without a row names something that only the revisions make, such as a label of an enum.
        return state.startsWith(DATA) && isPlanned(statement, demand, time, counting)
            ? new Answer(1, List.of(reason), "counting ended at this row")
            : new Answer(-1, List.of(), reason);
      } finally {
        statement.execute("rollback");
      }
    }
  }

  private boolean isPlanned(Statement statement, Demand demand, Duration time, String counting)
      throws SQLException {
    statement.execute("rollback");
    statement.execute("begin isolation level repeatable read read only");
    prepare(statement, demand, time);
    try {
      statement.execute("explain " + counting);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** The names that the catalog printed are those of this search path. */
  private void prepare(Statement statement, Demand demand, Duration time) throws SQLException {
    statement.execute("set local statement_timeout = " + time.toMillis());
    String path = demand.seen().settings().getOrDefault("search_path", "public");
    try (PreparedStatement setting =
        target.prepareStatement("select pg_catalog.set_config('search_path', ?, true)")) {
      setting.setString(1, path);
      setting.execute();
    }
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
    } catch (SQLException e) {
      if (!CANCELLED.equals(e.getSQLState())) {
        throw e; // counted, but there is no time to name them
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
