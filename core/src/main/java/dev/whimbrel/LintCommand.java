package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.dialect.Transactions;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.Rules;
import dev.whimbrel.plan.Batch;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.rehearse.LiveCopy;
import dev.whimbrel.rehearse.Rehearsal;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.Step;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code lint}: the revisions, each on the schema its ancestors leave; no target. */
final class LintCommand {
  private static final int ANY_VERSION = 0;

  private final Setup setup;
  private final Cancellation cancellation;

  LintCommand(Setup setup, Cancellation cancellation) {
    this.setup = setup;
    this.cancellation = cancellation;
  }

  Result.Lint run(List<String> files) {
    Dialect dialect = setup.dialect();
    SchemaTools tools = dialect.schemas();
    if (tools == null || !dialect.capabilities().tellsEffects()) {
      throw Problem.of(ErrorCode.E_SCRATCH, "rehearse.engine")
          .with("engine", dialect.name())
          .toException();
    }
    Sources sources = Sources.read(setup, dialect);
    List<Revision> all = sources.graph().revisions();
    Set<String> wanted = wanted(all, files);
    Planner planner = new Planner(dialect, sources.graph(), setup.stamp());
    List<Finding> controls = new ArrayList<>();
    List<PlanStep> steps = new ArrayList<>();
    all.forEach(revision -> steps.add(lenient(planner, revision, controls)));
    Plan plan = new Plan(true, List.of(), sources.latest(), steps);
    try (ScratchServer server = setup.scratchServer(dialect.name(), ANY_VERSION)) {
      LiveCopy nothing = LiveCopy.nothing(tools, setup.tables(dialect));
      Rehearsal.Outcome outcome = rehearsal(dialect, server, nothing).lint(plan, wanted);
      controls.removeIf(each -> !wanted.contains(each.revision()));
      Rehearsals rehearsals = judged(plan, outcome);
      List<Result.Finding> findings = rehearsals.findings(controls);
      return new Result.Lint(
          all.stream().filter(each -> wanted.contains(each.id())).map(Facts::revision).toList(),
          rehearsals.statements(),
          findings,
          Rehearsals.problem(outcome.failure()),
          rehearsals.blocking(findings),
          Outline.Change.of(outcome.observations()));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** A step whose own transaction control is a finding and ends a batch, not more. */
  private PlanStep lenient(Planner planner, Revision revision, List<Finding> controls) {
    Transactions transactions = setup.dialect().transactions();
    List<Batch> batches = new ArrayList<>();
    List<Step> open = new ArrayList<>();
    for (Step step : revision.upgrade().steps()) {
      if (transactions.kind(step.statement()) == Transactions.Kind.CONTROLS) {
        batches.addAll(Batch.of(open, transactions));
        open.clear();
        controls.add(Rules.control(revision.id(), step.statement().index()));
      } else {
        open.add(step);
      }
    }
    batches.addAll(Batch.of(open, transactions));
    return new PlanStep(planner.row(revision), true, batches, revision.file());
  }

  /**
   * What the rules say to a revision that was just generated.
   *
   * @param server that can hold scratch databases
   * @param before the schema it starts from
   */
  List<Result.Finding> generated(ScratchServer server, Schema before, String id) {
    Dialect dialect = setup.dialect();
    SchemaTools tools = dialect.schemas();
    if (tools == null || !dialect.capabilities().tellsEffects()) {
      return List.of();
    }
    Graph graph = Sources.read(setup, dialect).graph();
    Plan plan =
        new Planner(dialect, graph, setup.stamp())
            .of(List.of(), graph.find(id).stream().toList(), true, List.of(id));
    try {
      LiveCopy copy = LiveCopy.of(before, tools, setup.tables(dialect));
      Rehearsal.Outcome outcome = rehearsal(dialect, server, copy).lint(plan, Set.of(id));
      return judged(plan, outcome).findings(List.of());
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Rehearsal rehearsal(Dialect dialect, ScratchServer server, LiveCopy copy) {
    return new Rehearsal(
        dialect, server, setup.tables(dialect), setup.limits(), cancellation, copy);
  }

  private Rehearsals judged(Plan plan, Rehearsal.Outcome outcome) {
    return new Rehearsals(
        setup,
        plan,
        dev.whimbrel.hazard.Facts.assumed(setup.options().blockBudget()),
        outcome.observations());
  }

  private static WhimbrelException failed(SQLException e) {
    return Problem.of(ErrorCode.E_SCRATCH, "rehearse.failed")
        .with("reason", String.valueOf(e.getMessage()))
        .toException(e);
  }

  /** Ids of the revisions in these files; of all when none is named. */
  private static Set<String> wanted(List<Revision> all, List<String> files) {
    Set<String> wanted = new LinkedHashSet<>();
    if (files.isEmpty()) {
      all.forEach(revision -> wanted.add(revision.id()));
      return wanted;
    }
    List<String> names = new ArrayList<>();
    all.forEach(revision -> names.add(Path.of(revision.file()).getFileName().toString()));
    for (String file : files) {
      int at = names.indexOf(Path.of(file).getFileName().toString());
      if (at < 0) {
        throw Problem.of(ErrorCode.E_USAGE, "rehearse.no-file")
            .with("file", file)
            .with("nearest", Nearest.to(file, names).orElse(String.join(", ", names)))
            .toException();
      }
      wanted.add(all.get(at).id());
    }
    return wanted;
  }
}
