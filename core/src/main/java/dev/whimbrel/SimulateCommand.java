package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.change.Change;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.Secrets;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.history.History;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Outside;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.rehearse.LiveCopy;
import dev.whimbrel.rehearse.PlainRehearsal;
import dev.whimbrel.rehearse.Preflight;
import dev.whimbrel.rehearse.Rehearsal;
import dev.whimbrel.rehearse.Rights;
import dev.whimbrel.rehearse.TargetReader;
import dev.whimbrel.render.Summary;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.Loaded;
import dev.whimbrel.source.SchemaSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code simulate}: the pending revisions on a copy of the live schema, and the target's rows. */
final class SimulateCommand {
  private static final String SCHEMA_FILE = "schema.sql";
  private static final int LEFT_OUT = 5;

  private final Setup setup;
  private final Cancellation cancellation;
  private final @Nullable Authoring models;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param models what the schema afterwards is compared with; null for none
   */
  SimulateCommand(Setup setup, Cancellation cancellation, @Nullable Authoring models) {
    this.setup = setup;
    this.cancellation = cancellation;
    this.models = models;
  }

  Result.Simulation run(String target) {
    Dialect dialect = setup.dialect();
    Sources sources = Sources.read(setup, dialect);
    try (Looking looking = Looking.open(setup, dialect, "whimbrel simulate")) {
      Result.Status status =
          new StatusCommand(setup).judge(sources, looking, looking.see(), target, true);
      if (status.refusal() != null || status.pending().isEmpty()) {
        return new Result.Simulation(
            status,
            false,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            List.of(),
            null,
            List.of(),
            Outline.Change.none());
      }
      return rehearse(looking, sources, status, target);
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_SCRATCH, "rehearse.failed")
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
  }

  private Result.Simulation rehearse(
      Looking looking, Sources sources, Result.Status status, String target) throws SQLException {
    History history = looking.see().history();
    if (!looking.dialect().capabilities().tellsEffects()) {
      return plain(looking.dialect(), sources, status, history, target);
    }
    SchemaTools tools = Objects.requireNonNull(looking.dialect().schemas());
    Plan up = new Plans(setup, sources, looking).of(Intent.up(target), history);
    TargetReader reader = new TargetReader(looking.connection());
    TargetReader.Target facts = reader.read();
    LiveCopy copy = LiveCopy.of(looking.connection(), tools, looking.tables(), history.exists());
    int major = looking.connection().getMetaData().getDatabaseMajorVersion();
    try (ScratchServer server = setup.scratchServer(looking.dialect().name(), major)) {
      Rehearsal rehearsal =
          new Rehearsal(
              looking.dialect(), server, looking.tables(), setup.limits(), cancellation, copy);
      Plan down = down(looking.dialect(), sources, up);
      Rehearsal.Outcome outcome =
          rehearsal.run(
              up,
              down,
              name -> facts.tables().containsKey(name) && facts.tables().get(name).rows() > 0);
      dev.whimbrel.hazard.Facts judged =
          facts.judged(
              setup.options().blockBudget(),
              rehearsal.rates(looking.connection(), facts.tables(), outcome.observations()));
      List<Preflight.Violation> violations =
          new Preflight(looking.connection(), facts.tables(), setup.options().preflightLimit())
              .look(outcome.observations());
      List<Finding> others =
          new ArrayList<>(
              new Rights(looking.connection(), setup.options().role())
                  .missing(outcome.observations()));
      violations.stream()
          .filter(Preflight.Violation::tells)
          .map(Preflight.Violation::finding)
          .forEach(others::add);
      notes(outcome);
      return simulation(
          status,
          up,
          down,
          outcome,
          judged,
          facts,
          reader,
          violations,
          others,
          equalTo(tools, server, sources, rehearsal, outcome));
    }
  }

  /** On an engine that shows nothing of what a statement does: it runs, or it does not. */
  private Result.Simulation plain(
      Dialect dialect, Sources sources, Result.Status status, History history, String target)
      throws SQLException {
    Planner planner = new Planner(dialect, sources.graph(), setup.stamp());
    List<Revision> behind = new ArrayList<>();
    for (Revision revision : sources.graph().revisions()) {
      if (history.find(revision.id()) != null) {
        behind.add(revision);
      }
    }
    Plan replay = planner.of(List.of(), behind, true, history.heads());
    try (ScratchServer server = setup.scratchServer(dialect.name(), 0);
        ScratchDatabase scratch = server.create()) {
      PlainRehearsal.Outcome outcome =
          new PlainRehearsal(dialect, setup.options().historySchema(), setup.limits(), cancellation)
              .run(scratch, replay, planner.up(history, target));
      List<Result.Statement> statements =
          outcome.statements().stream().map(SimulateCommand::statement).toList();
      return new Result.Simulation(
          status,
          true,
          null,
          statements,
          List.of(),
          List.of(),
          null,
          null,
          List.of("This engine does not tell what a statement locks, reads or copies."),
          outcome.failure(),
          List.of(),
          Outline.Change.none());
    }
  }

  private static Result.Statement statement(PlainRehearsal.Ran ran) {
    return new Result.Statement(
        ran.revision().id(),
        ran.step().statement().index(),
        Secrets.hidden(ran.step().statement().text()),
        ran.took().toMillis(),
        ran.transactional(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        0,
        0,
        0);
  }

  /** The way back, if all revisions have one; what only replaces something may go without. */
  private @Nullable Plan down(Dialect dialect, Sources sources, Plan up) {
    List<Revision> revisions = new ArrayList<>();
    for (PlanStep step : up.steps()) {
      sources
          .graph()
          .find(step.id())
          .filter(revision -> !revision.isRepeatable() || revision.downgrade() != null)
          .ifPresent(revision -> revisions.add(0, revision));
    }
    try {
      return new Planner(dialect, sources.graph(), setup.stamp())
          .of(up.to(), revisions, false, up.from());
    } catch (WhimbrelException e) {
      notes.add("There is no way back: " + e.problem().problem());
      return null;
    }
  }

  private void notes(Rehearsal.Outcome outcome) {
    if (!outcome.leftOut().isEmpty()) {
      List<String> some = outcome.leftOut();
      notes.add(
          "The scratch server cannot hold all of the target's schema; this was left out%s: %s%s. A [scratch] url with the target's extensions and roles would do."
              .formatted(
                  outcome.failure() == null ? "" : ", which may be why it failed",
                  String.join("; ", some.subList(0, Math.min(LEFT_OUT, some.size()))),
                  some.size() > LEFT_OUT ? "; and " + (some.size() - LEFT_OUT) + " more" : ""));
    }
    WhimbrelException back = outcome.back();
    if (back != null) {
      notes.add("Going down and up again failed: " + back.problem().problem());
    }
    outcome
        .barren()
        .forEach((table, why) ->
            notes.add("No row could be made for " + table + ", so it was tried empty: " + why));
  }

  /** What the schema afterwards equals: the models, else the file that is reviewed. */
  private @Nullable String equalTo(
      SchemaTools tools,
      ScratchServer server,
      Sources sources,
      Rehearsal rehearsal,
      Rehearsal.Outcome outcome)
      throws SQLException {
    Schema end = outcome.end();
    if (end == null) {
      return null;
    }
    Differ differ = new Differ(tools.diff().apply(server.major()));
    boolean file = equalsFile(sources, rehearsal, differ, end);
    return models != null && equalsModels(models, tools, server, end)
        ? "models"
        : file ? SCHEMA_FILE : null;
  }

  private boolean equalsFile(Sources sources, Rehearsal rehearsal, Differ differ, Schema end)
      throws SQLException {
    Path file = setup.migrations().resolve(SCHEMA_FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Schema expected =
          rehearsal.schemaOf(
              Files.readString(file), sources.directory().root() + "/" + SCHEMA_FILE);
      if (CanonicalText.of(expected).equals(CanonicalText.of(end))
          || differ.compare(end, expected).changes().isEmpty()) {
        return true;
      }
      notes.add("The schema afterwards differs from " + SCHEMA_FILE + ".");
    } catch (IOException | WhimbrelException e) {
      notes.add(SCHEMA_FILE + " cannot be loaded: " + e.getMessage());
    }
    return false;
  }

  private boolean equalsModels(
      Authoring authoring, SchemaTools tools, ScratchServer server, Schema end) {
    IntrospectOptions options =
        IntrospectOptions.defaults()
            .withGrants(false)
            .withHistorySchema(setup.options().historySchema());
    if (!authoring.platform().isEmpty()) {
      options = options.withOutside(Outside.preset(authoring.platform()));
    }
    try {
      Loaded wanted =
          new Generation(
                  new SchemaWork(setup, setup.dialect()).loader(tools, options, server),
                  tools,
                  true,
                  setup::tell)
              .loaded(SchemaSource.parse(authoring.models(), authoring.directory()), end);
      List<Change> changes =
          new Differ(tools.diff().apply(server.major()))
              .compare(end, Kept.of(end, wanted, Set.of()).schema())
              .changes();
      if (changes.isEmpty()) {
        return true;
      }
      notes.add(
          "The schema afterwards differs from the models (%s): `whimbrel migrate` writes what is missing."
              .formatted(Summary.of(changes)));
    } catch (WhimbrelException e) {
      notes.add("The models cannot be read: " + e.problem().problem());
    }
    return false;
  }

  private Result.Simulation simulation(
      Result.Status status,
      Plan up,
      @Nullable Plan down,
      Rehearsal.Outcome outcome,
      dev.whimbrel.hazard.Facts judged,
      TargetReader.Target facts,
      TargetReader reader,
      List<Preflight.Violation> violations,
      List<Finding> others,
      @Nullable String equalTo)
      throws SQLException {
    Rehearsals rehearsals = new Rehearsals(setup, up, judged, outcome.observations());
    List<Result.Finding> findings = rehearsals.findings(others);
    Set<String> touched = touched(outcome.observations());
    return new Result.Simulation(
        status,
        true,
        target(facts, touched, reader.notOwned(touched), judged.rates().error()),
        rehearsals.statements(),
        findings,
        violations.stream().map(SimulateCommand::preflight).toList(),
        (down == null || outcome.failure() != null) ? null : outcome.back() == null,
        equalTo,
        List.copyOf(notes),
        Rehearsals.problem(outcome.failure()),
        rehearsals.blocking(findings),
        Outline.Change.of(outcome.observations()));
  }

  private static Set<String> touched(List<Observation> observations) {
    Set<String> touched = new TreeSet<>();
    for (Observation seen : observations) {
      seen.held()
          .forEach((oid, mode) -> {
            var relation = seen.origin().relations().get(oid);
            if (relation != null && relation.isTable()) {
              touched.add(relation.qualified());
            }
          });
    }
    return touched;
  }

  private static Result.Target target(
      TargetReader.Target facts, Set<String> touched, List<String> notOwned, double error) {
    List<Result.Table> tables = new ArrayList<>();
    for (String name : touched) {
      var table = facts.tables().get(name);
      if (table != null) {
        tables.add(
            new Result.Table(
                name, table.rows(), table.bytes(), table.indexBytes(), table.writesPerSecond()));
      }
    }
    return new Result.Target(
        facts.oldestTransactionMs(),
        facts.replicas(),
        facts.slots(),
        facts.freeConnections(),
        tables,
        notOwned,
        error);
  }

  private static Result.Preflight preflight(Preflight.Violation violation) {
    return new Result.Preflight(
        violation.revision(),
        violation.statement(),
        violation.check(),
        violation.relation(),
        violation.columns(),
        violation.violations(),
        violation.examples(),
        violation.note());
  }
}
