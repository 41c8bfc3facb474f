package dev.whimbrel;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryLayout;
import dev.whimbrel.plan.Gate;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.Verdict;
import dev.whimbrel.verify.Arrival;
import dev.whimbrel.verify.Drift;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is written beside the revisions: the tables themselves, the label, the schema's text. */
final class Bookkeeping {
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
   */
  void prepare(History history) throws SQLException {
    List<String> sql = new ArrayList<>();
    if (!history.exists()) {
      sql.addAll(looking.tables().create());
    } else if (history.layout() < HistoryLayout.VERSION) {
      sql.addAll(looking.tables().upgrade(history.layout()));
    }
    sql.add(looking.tables().deleteMeta(Drift.KEY));
    String environment = setup.options().environment();
    boolean strange = environment.equals(Options.PREVIEW) && history.exists();
    if (!environment.isEmpty() && history.environment().isEmpty() && !strange) {
      sql.add(looking.tables().label(environment));
    }
    transaction(sql);
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
    String remembered = before == null ? null : before.remembered();
    if (before == null || remembered == null) {
      rememberSchema();
    } else {
      remember(Drift.advance(remembered, before.now(), now()));
    }
    History after = looking.tables().read(looking.connection());
    Arrival.check(plan, after);
    settle(after, sources);
    return after;
  }

  /** Lets the next run see in one query that nothing changed; without, it reads the rows. */
  private void settle(History after, Sources sources) throws SQLException {
    Verdict verdict = new Gate(sources.graph()).decide("heads", after, List.of(), List.of());
    if (!(verdict instanceof Verdict.InSync) || !sources.warnings().isEmpty()) {
      return;
    }
    try {
      transaction(looking.tables().settle(sources.fingerprint(), sources.latest()));
    } catch (SQLException e) {
      // A server that is only like PostgreSQL may lack a function; nothing depends on this.
      if (looking.connection().isClosed()) {
        throw e;
      }
    }
  }

  void rememberSchema() throws SQLException {
    remember(now());
  }

  private void remember(String schema) throws SQLException {
    transaction(List.of(looking.tables().setMeta(Drift.KEY, schema)));
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
