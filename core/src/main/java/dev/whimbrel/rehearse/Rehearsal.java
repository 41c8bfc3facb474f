package dev.whimbrel.rehearse;

import dev.whimbrel.apply.Applier;
import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.apply.Hold;
import dev.whimbrel.apply.Limits;
import dev.whimbrel.apply.Observer;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Facts;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.sql.Splitter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan on scratch databases with the code that deploys, and watches it.
 *
 * <p>The first run, on empty tables, shows which tables the plan touches; then the plan goes down
 * and up again. The second run, on a fresh copy with a few rows in those tables, is the one that
 * counts.
 */
public final class Rehearsal {
  private static final String RUN = "rehearsal";

  private final Dialect dialect;
  private final ScratchServer server;
  private final HistoryTables tables;
  private final Limits limits;
  private final Cancellation cancellation;
  private final LiveCopy copy;

  /**
   * @param copy what fills the scratch databases
   */
  public Rehearsal(
      Dialect dialect,
      ScratchServer server,
      HistoryTables tables,
      Limits limits,
      Cancellation cancellation,
      LiveCopy copy) {
    this.dialect = dialect;
    this.server = server;
    this.tables = tables;
    this.limits = limits;
    this.cancellation = cancellation;
    this.copy = copy;
  }

  /**
   * What came of it.
   *
   * @param observations of the run that counts, in order
   * @param failure how the upgrade failed, null when it did not
   * @param back how going down and up again failed, null when it did not
   * @param barren tables that took no row for trying, with the reason
   * @param leftOut what of the target the scratch server could not hold
   * @param end the schema that is left, null where it failed
   */
  public record Outcome(
      List<Observation> observations,
      @Nullable WhimbrelException failure,
      @Nullable WhimbrelException back,
      Map<String, String> barren,
      List<String> leftOut,
      @Nullable Schema end) {

    public Outcome {
      observations = List.copyOf(observations);
      barren = Map.copyOf(barren);
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * Rehearses.
   *
   * @param up what is deployed
   * @param down the way back, null when there is none
   * @param filled whether the target has rows in a table, by its qualified name
   */
  public Outcome run(Plan up, @Nullable Plan down, Predicate<String> filled) throws SQLException {
    Watched first = new Watched();
    WhimbrelException back = null;
    Schema end = null;
    List<String> leftOut;
    try (ScratchDatabase database = copy.create(server)) {
      leftOut = copy.leftOut(database);
      first.run(database, up, Set.of());
      if (first.failure == null) {
        end = copy.schemaOf(database);
        back = down == null ? null : downAndUp(database, down, up);
      }
    }
    Set<Long> touched = touched(first, filled);
    if (first.failure != null || touched.isEmpty()) {
      return first.outcome(back, leftOut, end);
    }
    Watched second = new Watched();
    try (ScratchDatabase database = copy.create(server)) {
      second.run(database, up, touched);
    }
    return second.outcome(back, leftOut, end);
  }

  /**
   * Applies revisions one after the other and watches those that are wanted, each as if it were
   * deployed alone, to tables that have rows.
   */
  public Outcome lint(Plan plan, Set<String> wanted) throws SQLException {
    Watched watched = new Watched();
    try (ScratchDatabase database = copy.create(server);
        Connection connection = copy.connect(database)) {
      for (PlanStep step : plan.steps()) {
        Plan one = new Plan(true, List.of(), List.of(), List.of(step));
        if (wanted.contains(step.id())) {
          watched.alone(database, connection, one, text(step));
        } else {
          apply(database, connection, one, new Observer() {});
        }
      }
    } catch (WhimbrelException e) {
      watched.failure = e;
    }
    return watched.outcome(null, List.of(), null);
  }

  /**
   * What came of a file that is no revision.
   *
   * @param supposed statements that made what it takes for granted
   */
  public record Loose(Outcome outcome, List<String> supposed) {
    public Loose {
      supposed = List.copyOf(supposed);
    }
  }

  /**
   * Watches a file of SQL that is no revision, on what revisions leave and what is made up so that
   * it can run.
   *
   * @param before those revisions
   * @param file one step
   */
  public Loose loose(Plan before, PlanStep file) throws SQLException {
    List<String> supposed;
    List<String> lent = new ArrayList<>();
    try (ScratchDatabase trial = copy.create(server);
        Connection connection = copy.connect(trial)) {
      apply(trial, connection, before, new Observer() {});
      supposed =
          Suppositions.of(
              connection,
              statements(file),
              role -> {
                lent.add(role);
                server.lend(lent);
              });
    }
    Watched watched = new Watched();
    try (ScratchDatabase database = copy.create(server);
        Connection connection = copy.connect(database)) {
      server.lend(lent);
      apply(database, connection, before, new Observer() {});
      for (String sql : supposed) {
        Tried.run(connection, false, sql);
      }
      Plan plan = new Plan(true, List.of(), List.of(), List.of(file));
      watched.alone(database, connection, plan, text(file));
    } catch (WhimbrelException e) {
      watched.failure = e;
    }
    return new Loose(watched.outcome(null, List.of(), null), supposed);
  }

  private static List<dev.whimbrel.sql.Statement> statements(PlanStep step) {
    return step.batches().stream()
        .flatMap(batch -> batch.steps().stream())
        .map(Step::statement)
        .toList();
  }

  private static String text(PlanStep step) {
    StringBuilder text = new StringBuilder();
    step.batches()
        .forEach(batch ->
            batch.steps().forEach(each -> text.append(each.statement().text()).append('\n')));
    return text.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * How fast the target works, measured with small tables on the scratch server; what servers
   * usually do where no statement reads or writes rows that are there.
   */
  public Facts.Rates rates(
      Connection target, Map<String, Facts.Table> known, List<Observation> plan)
      throws SQLException {
    if (plan.stream().noneMatch(each -> works(each, known))) {
      return Facts.Rates.usual();
    }
    boolean changes = plan.stream().anyMatch(each -> !each.changedRows().isEmpty());
    try (ScratchDatabase database = server.create();
        Connection connection = database.connect()) {
      return Calibration.measure(connection, target, known, changes);
    }
  }

  private static boolean works(Observation seen, Map<String, Facts.Table> known) {
    Set<Long> tables = new LinkedHashSet<>(seen.rewrites());
    tables.addAll(seen.scans().keySet());
    tables.addAll(seen.changedRows().keySet());
    Stream.concat(seen.indexBuilds().stream(), seen.rewrites().stream())
        .map(seen.after().indexes()::get)
        .filter(Objects::nonNull)
        .forEach(index -> tables.add(index.relation()));
    return tables.stream()
        .map(seen.origin().relations()::get)
        .anyMatch(table ->
            table != null && known.getOrDefault(table.qualified(), Facts.Table.EMPTY).rows() > 0);
  }

  /**
   * The schema that a script makes.
   *
   * @throws WhimbrelException when the script fails
   */
  public Schema schemaOf(String script, String shown) throws SQLException {
    try (ScratchDatabase database = server.create();
        Connection connection = database.connect()) {
      for (dev.whimbrel.sql.Statement each : new Splitter(dialect.lexis()).split(shown, script)) {
        try (Statement statement = connection.createStatement()) {
          statement.setEscapeProcessing(false);
          statement.execute(each.text());
        } catch (SQLException e) {
          throw Problem.of(ErrorCode.E_SOURCE, "rehearse.schema")
              .with("reason", String.valueOf(e.getMessage()))
              .at(each.place())
              .statement(each.text(), 0)
              .toException(e);
        }
      }
      return copy.schemaOf(database);
    }
  }

  private static Set<Long> touched(Watched seen, Predicate<String> filled) {
    Set<Long> touched = new LinkedHashSet<>();
    for (Observation each : seen.observations) {
      Set<Long> relations = new LinkedHashSet<>(each.held().keySet());
      relations.addAll(each.scans().keySet());
      for (long oid : relations) {
        Catalog.Relation relation = each.origin().relations().get(oid);
        if (relation != null && relation.isTable() && filled.test(relation.qualified())) {
          touched.add(oid);
        }
      }
    }
    return touched;
  }

  private @Nullable WhimbrelException downAndUp(ScratchDatabase database, Plan down, Plan up)
      throws SQLException {
    try (Connection connection = copy.connect(database)) {
      apply(database, connection, down, new Observer() {});
      apply(database, connection, up, new Observer() {});
      return null;
    } catch (WhimbrelException e) {
      return e;
    }
  }

  private void apply(ScratchDatabase database, Connection connection, Plan plan, Observer observer)
      throws SQLException {
    try (Applier applier =
        new Applier(
            dialect,
            DatabaseUrl.parse(database.url()),
            connection,
            tables,
            limits,
            observer,
            cancellation,
            Hold.NOT_NEEDED,
            RUN,
            dialect.sessions().workName(tables.home(), RUN),
            "")) {
      applier.apply(plan);
    }
  }

  /** One watched run; not thread-safe. */
  private final class Watched implements Observer {
    private final List<Observation> observations = new ArrayList<>();
    private @Nullable WhimbrelException failure;
    private Seeds seeds = Seeds.none();
    private @Nullable Watch watch;

    void run(ScratchDatabase database, Plan plan, Set<Long> touched) throws SQLException {
      try (Connection connection = copy.connect(database)) {
        Catalog catalog = new CatalogReader(connection).read();
        if (!touched.isEmpty()) {
          seeds = new Seeder(connection, catalog).plant(touched);
        }
        watch = new Watch(database::connect, seeds);
        watch.origin(connection);
        apply(database, connection, plan, this);
      } catch (WhimbrelException e) {
        failure = e;
      }
    }

    /** Runs a plan alone, with rows in the tables that its text names. */
    void alone(ScratchDatabase database, Connection connection, Plan plan, String text)
        throws SQLException {
      Catalog catalog = new CatalogReader(connection).read();
      Set<Long> named = new LinkedHashSet<>();
      for (Catalog.Relation relation : catalog.relations().values()) {
        if (relation.isTable() && text.contains(relation.name().toLowerCase(Locale.ROOT))) {
          named.add(relation.oid());
        }
      }
      seeds = new Seeder(connection, catalog).plant(named);
      watch = new Watch(database::connect, seeds, watch);
      watch.origin(connection);
      apply(database, connection, plan, this);
      seeds.remove(connection, false, name -> true);
    }

    @Override
    public void run(
        PlanStep revision, Step step, boolean transactional, Connection connection, Sending sending)
        throws SQLException {
      if (watch == null) {
        throw new IllegalStateException();
      }
      Watch.Watched seen =
          watch.watch(connection, revision.id(), step.statement(), transactional, sending::send);
      observations.add(seen.observation());
      if (seen.cause() != null) {
        throw seen.cause();
      }
    }

    Outcome outcome(@Nullable WhimbrelException back, List<String> leftOut, @Nullable Schema end) {
      return new Outcome(observations, failure, back, seeds.barren(), leftOut, end);
    }
  }
}
