package dev.whimbrel.rehearse;

import dev.whimbrel.apply.Applier;
import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.apply.Hold;
import dev.whimbrel.apply.Limits;
import dev.whimbrel.apply.Observer;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import dev.whimbrel.scratch.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a scratch database to where a target is, and runs the plan there; for engines that show
 * nothing of what a statement does.
 */
public final class PlainRehearsal {
  private final Dialect dialect;
  private final String home;
  private final Limits limits;
  private final Cancellation cancellation;

  /** What happened to one statement. */
  public record Ran(PlanStep revision, Step step, Duration took, boolean transactional) {}

  /**
   * What happened.
   *
   * @param statements of the plan, in order, up to the failure
   * @param failure null when all went well
   */
  public record Outcome(List<Ran> statements, @Nullable Problem failure) {
    public Outcome {
      statements = List.copyOf(statements);
    }
  }

  public PlainRehearsal(Dialect dialect, String home, Limits limits, Cancellation cancellation) {
    this.dialect = dialect;
    this.home = home;
    this.limits = limits;
    this.cancellation = cancellation;
  }

  /**
   * Runs a plan, as a deployment does.
   *
   * @param scratch an empty database
   * @param replay what the target has behind it
   * @param plan what is to come
   */
  public Outcome run(ScratchDatabase scratch, Plan replay, Plan plan) throws SQLException {
    DatabaseUrl url = DatabaseUrl.parse(scratch.url());
    HistoryTables tables = new HistoryTables(dialect.history(), home);
    List<Ran> ran = new ArrayList<>();
    try (Connection connection =
        dialect.connector().open(url, "whimbrel rehearsal", limits.connectTimeout())) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : tables.create()) {
          statement.execute(sql);
        }
      }
      apply(url, connection, tables, replay, new Observer() {});
      apply(url, connection, tables, plan, new Collector(ran));
      return new Outcome(ran, null);
    } catch (WhimbrelException e) {
      return new Outcome(ran, e.problem());
    }
  }

  private void apply(
      DatabaseUrl url, Connection connection, HistoryTables tables, Plan plan, Observer observer)
      throws SQLException {
    try (Applier applier =
        new Applier(
            dialect,
            url,
            connection,
            tables,
            limits,
            observer,
            cancellation,
            Hold.NOT_NEEDED,
            "rehearsal",
            "whimbrel rehearsal",
            "")) {
      applier.apply(plan);
    }
  }

  /** Remembers the statements of the plan. */
  private static final class Collector implements Observer {
    private final List<Ran> ran;
    private boolean transactional;

    Collector(List<Ran> ran) {
      this.ran = ran;
    }

    @Override
    public void statementStarted(PlanStep revision, Step step, boolean within) {
      transactional = within;
    }

    @Override
    public void statementFinished(PlanStep revision, Step step, Duration took) {
      ran.add(new Ran(revision, step, took, transactional));
    }
  }
}
