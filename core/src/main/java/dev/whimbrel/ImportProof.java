package dev.whimbrel;

import dev.whimbrel.apply.Applier;
import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.apply.Hold;
import dev.whimbrel.apply.Observer;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.importing.ForeignTable;
import dev.whimbrel.importing.ForeignTables;
import dev.whimbrel.importing.SchemaProof;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Introspector;
import dev.whimbrel.introspect.Outside;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchProviders;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs imported revisions on scratch and compares what comes out with the database. */
final class ImportProof {
  private final Setup setup;
  private final Cancellation cancellation;
  private final Looking looking;
  private final Dialect dialect;
  private final Introspector introspector;
  private final IntrospectOptions options;
  private final List<String> notes = new ArrayList<>();
  private Schema blank = Schema.empty();

  ImportProof(Setup setup, Cancellation cancellation, Looking looking, String platform) {
    this.setup = setup;
    this.cancellation = cancellation;
    this.looking = looking;
    this.dialect = looking.dialect();
    this.introspector = Engines.introspector(dialect.name());
    this.options =
        IntrospectOptions.defaults()
            .withGrants(false)
            .withOwners(false)
            .withHistorySchema(looking.tables().home())
            .withOutside(platform.isEmpty() ? Outside.NOTHING : Outside.preset(platform));
  }

  /**
   * What differs; empty when the revisions give the database's schema. What going down to base on
   * scratch does wrong is then noted.
   */
  List<String> differences(Graph graph, List<String> applied) {
    try {
      int major =
          dialect.capabilities().majorMatters()
              ? looking.connection().getMetaData().getDatabaseMajorVersion()
              : 0;
      ScratchRequest request = new ScratchRequest(dialect.name(), major);
      try (ScratchServer server = new ScratchProviders(setup.scratch()).open(request);
          ScratchDatabase scratch = server.create()) {
        Schema replayed = replay(scratch, graph, applied);
        Schema live = introspector.introspect(looking.connection(), options);
        List<ForeignTable> own = ForeignTables.kept(looking.connection());
        SchemaTools tools = dialect.schemas();
        Differ differ = tools == null ? null : new Differ(tools.diff().apply(server.major()));
        return new SchemaProof(own, differ).differences(replayed, live);
      }
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_SCRATCH, "facade.scratch")
          .with("message", dialect.failures().message(e))
          .toException(e);
    }
  }

  /** What is to be said about revisions that give the database's schema all the same. */
  List<String> notes() {
    return notes;
  }

  private Schema replay(ScratchDatabase scratch, Graph graph, List<String> applied)
      throws SQLException {
    DatabaseUrl url = DatabaseUrl.parse(scratch.url());
    HistoryTables tables = looking.tables();
    List<Revision> revisions =
        graph.revisions().stream().filter(each -> applied.contains(each.id())).toList();
    Planner planner = new Planner(dialect, graph, setup.stamp());
    try (Connection connection =
        dialect.connector().open(url, "whimbrel import", setup.options().connectTimeout())) {
      blank = introspector.introspect(connection, options);
      try (Statement statement = connection.createStatement()) {
        for (String sql : tables.create()) {
          statement.execute(sql);
        }
      }
      try (Applier applier =
          new Applier(
              dialect,
              url,
              connection,
              tables,
              setup.limits(),
              new Observer() {},
              cancellation,
              Hold.NOT_NEEDED,
              "import",
              "whimbrel import",
              "")) {
        applier.apply(planner.of(List.of(), revisions, true, applied));
        Schema replayed = introspector.introspect(connection, options);
        if (revisions.stream().allMatch(each -> each.downgrade() != null)) {
          back(applier, planner.of(applied, revisions.reversed(), false, List.of()), connection);
        }
        return replayed;
      } catch (WhimbrelException e) {
        throw e.code() == ErrorCode.E_STATEMENT ? failed(e.problem(), e) : e;
      }
    }
  }

  /** Goes down to base, where each revision has a way down, and notes what is not gone then. */
  private void back(Applier applier, Plan plan, Connection connection) throws SQLException {
    try {
      applier.apply(plan);
    } catch (WhimbrelException e) {
      if (e.code() != ErrorCode.E_STATEMENT) {
        throw e;
      }
      notes.add(
          "On scratch the way down fails, so correct it before you need it: "
              + e.problem().problem());
      return;
    }
    List<String> left =
        introspector.introspect(connection, options).facts().stream()
            .filter(fact -> !blank.contains(fact.id()) && !fact.id().kind().isAttached())
            .map(fact -> SchemaProof.shown(fact.id()))
            .toList();
    if (!left.isEmpty()) {
      notes.add(
          "Going down to base leaves behind, so going up again would fail: "
              + String.join(", ", left)
              + ". Add what drops them to the downgrade parts.");
    }
  }

  /** Lines would be those of the revision, which is not written yet. */
  private static WhimbrelException failed(Problem problem, WhimbrelException cause) {
    Place place = problem.place();
    return Problem.of(ErrorCode.E_PROOF, "import.replay")
        .with("problem", problem.problem())
        .at(place == null ? null : Place.of(place.file()))
        .statement(problem.statement() == null ? "" : problem.statement(), problem.position())
        .toException(cause);
  }
}
