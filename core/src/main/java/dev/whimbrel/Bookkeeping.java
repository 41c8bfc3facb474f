package dev.whimbrel;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryLayout;
import dev.whimbrel.plan.Gate;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.plan.Verdict;
import dev.whimbrel.verify.Arrival;
import dev.whimbrel.verify.Drift;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is written beside the revisions: the tables themselves, the label, the schema's text. */
final class Bookkeeping {
  /** Where {@code meta} keeps what a run that has not come to an end set out to apply. */
  private static final String PLAN = "plan";

  private static final int CHECKSUM_SHOWN = 16;

  private final Setup setup;
  private final Looking looking;

  Bookkeeping(Setup setup, Looking looking) {
    this.setup = setup;
    this.looking = looking;
  }

  /**
   * Refuses to deploy anything else to a database of production, and warns where labels differ
   * otherwise: an environment may well get a new name.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIG
   */
  void checkEnvironment(History history) {
    String label = history.environment();
    String environment = setup.options().environment();
    if (label.isEmpty() || environment.isEmpty() || label.equalsIgnoreCase(environment)) {
      return;
    }
    if (!label.toLowerCase(Locale.ROOT).startsWith("prod")) {
      setup.tell(
          new Event.Warning(
              "The database is labelled \""
                  + label
                  + "\", and this deploys \""
                  + environment
                  + "\"."));
    } else {
      throw Problem.of(ErrorCode.E_CONFIG, "gate.environment")
          .with("label", label)
          .with("environment", environment)
          .toException();
    }
  }

  /** A standby is told before a backup is made, and before the first word of an upgrade. */
  void checkWritable() throws SQLException {
    String why = looking.dialect().checkup().whyReadOnly(looking.connection());
    if (!why.isEmpty()) {
      throw Problem.of(ErrorCode.E_READ_ONLY, "apply.read-only").with("message", why).toException();
    }
  }

  /**
   * Makes the tables, or brings them up to date, and labels the database; a preview labels none
   * that was there before it. The remembered schema is forgotten until the run ends: after a run
   * that was cut off nobody is told of drift by its own work.
   *
   * @param plan which of the revisions are to be applied, and judged only once
   */
  void prepare(History history, List<PlanStep> plan) throws SQLException {
    List<String> sql = new ArrayList<>();
    if (!history.exists()) {
      sql.addAll(looking.tables().create());
    } else if (history.layout() < HistoryLayout.VERSION) {
      sql.addAll(looking.tables().upgrade(history.layout()));
    }
    sql.add(looking.tables().forget());
    sql.add(
        looking
            .tables()
            .setMeta(PLAN, String.join(",", plan.stream().map(Bookkeeping::word).toList())));
    String environment = setup.options().environment();
    boolean strange = environment.equals(Options.PREVIEW) && history.exists();
    if (!environment.isEmpty() && history.environment().isEmpty() && !strange) {
      sql.add(looking.tables().label(environment));
    }
    transaction(sql);
  }

  /** A revision with its statements: an edited one is another. */
  private static String word(PlanStep step) {
    return step.id() + ":" + step.row().revision().checksum().substring(0, CHECKSUM_SHOWN);
  }

  /**
   * The revisions among these that a run has begun with and not come to an end: killed or failed,
   * it goes on. What was judged before it began is not judged by the rows it left.
   */
  Set<String> agreed(History history, List<PlanStep> steps) throws SQLException {
    if (!history.exists() || history.remembered()) {
      return Set.of();
    }
    String plan = looking.tables().meta(looking.connection(), PLAN);
    Set<String> words = plan == null ? Set.of() : Set.of(plan.split(",", -1));
    return steps.stream()
        .filter(step -> words.contains(word(step)))
        .map(PlanStep::id)
        .collect(Collectors.toSet());
  }

  /**
   * What the schema is compared with, and what it is.
   *
   * @param remembered null when nothing is
   */
  record Baseline(@Nullable String remembered, String now) {}

  /** To be asked before {@link #prepare}; null where there is no history, or no drift. */
  @Nullable Baseline baseline(History history, List<String> drift) throws SQLException {
    if (!history.exists() || drift.isEmpty()) {
      return null;
    }
    return new Baseline(looking.tables().meta(looking.connection(), Drift.KEY), now());
  }

  private String now() throws SQLException {
    return Drift.remember(looking.connection(), looking.dialect().contents(), looking.tables());
  }

  /**
   * Remembers the schema for the next look at drift, and the files where they leave nothing to do;
   * checks that the run arrived. What had drifted before the run stays drifted.
   */
  History finish(Plan plan, @Nullable Baseline before, Sources sources) throws SQLException {
    History after = looking.tables().read(looking.connection());
    Arrival.check(plan, after);
    String remembered = before == null ? null : before.remembered();
    String now = now();
    String schema =
        before == null || remembered == null ? now : Drift.advance(remembered, before.now(), now);
    remember(schema, settled(after, sources));
    return after;
  }

  /** Remembers the schema as it is, and the files where they leave nothing to do. */
  void remember(History history, Sources sources) throws SQLException {
    remember(now(), settled(history, sources));
  }

  /** Lets the next run see in one query that nothing changed; without, it reads the rows. */
  private List<String> settled(History after, Sources sources) {
    Verdict verdict = new Gate(sources.graph()).decide("heads", after, List.of(), List.of());
    boolean settled = verdict instanceof Verdict.InSync && sources.warnings().isEmpty();
    return settled ? looking.tables().settle(sources.fingerprint(), sources.latest()) : List.of();
  }

  private void remember(String schema, List<String> settled) throws SQLException {
    List<String> sql = new ArrayList<>();
    sql.add(looking.tables().setMeta(Drift.KEY, schema));
    sql.add(looking.tables().deleteMeta(PLAN));
    List<String> all = new ArrayList<>(sql);
    all.addAll(settled);
    try {
      transaction(all);
    } catch (SQLException e) {
      // A server that is only like PostgreSQL may lack a function; nothing depends on it.
      if (settled.isEmpty() || looking.connection().isClosed()) {
        throw e;
      }
      transaction(sql);
    }
  }

  /** Runs statements of the books in one transaction. */
  void transaction(List<String> sql) throws SQLException {
    if (sql.isEmpty()) {
      return;
    }
    try (Statement statement = looking.connection().createStatement()) {
      statement.execute(looking.dialect().capabilities().scriptBegin());
      try {
        for (String one : sql) {
          statement.execute(one);
        }
        statement.execute("commit");
      } catch (SQLException e) {
        statement.execute("rollback");
        throw e;
      }
    }
  }
}
