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
import dev.whimbrel.revision.RevisionReader;
import dev.whimbrel.revision.Step;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

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
    List<Revision> all = revisions(dialect, files);
    Chosen chosen = chosen(dialect, all, files);
    Planner planner = new Planner(dialect, Graph.of(all), setup.stamp());
    List<Finding> controls = new ArrayList<>();
    List<PlanStep> steps = new ArrayList<>();
    all.forEach(revision -> steps.add(lenient(planner, revision, controls)));
    Plan plan = new Plan(true, List.of(), List.of(), steps);
    controls.removeIf(each -> !chosen.ids().contains(each.revision()));
    List<Result.Lint> results = new ArrayList<>();
    try (ScratchServer server = setup.scratchServer(dialect.name(), ANY_VERSION)) {
      Rehearsal rehearsal =
          rehearsal(dialect, server, LiveCopy.nothing(tools, setup.tables(dialect)));
      if (chosen.loose().isEmpty() || !chosen.ids().isEmpty()) {
        List<Revision> wanted =
            all.stream().filter(each -> chosen.ids().contains(each.id())).toList();
        Rehearsal.Outcome outcome = rehearsal.lint(plan, chosen.ids());
        results.add(result(plan, wanted, outcome, controls, List.of()));
      }
      for (Revision file : chosen.loose()) {
        List<Finding> own = new ArrayList<>();
        PlanStep step = lenient(planner, file, own);
        Rehearsal.Loose seen = rehearsal.loose(plan, step);
        Plan alone = new Plan(true, List.of(), List.of(), List.of(step));
        results.add(result(alone, List.of(file), seen.outcome(), own, seen.supposed()));
      }
      return joined(results);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Result.Lint result(
      Plan plan,
      List<Revision> revisions,
      Rehearsal.Outcome outcome,
      List<Finding> controls,
      List<String> supposed) {
    Rehearsals rehearsals = judged(plan, outcome);
    List<Result.Finding> findings = rehearsals.findings(controls);
    return new Result.Lint(
        revisions.stream().map(Facts::revision).toList(),
        rehearsals.statements(),
        findings,
        supposed.isEmpty()
            ? List.of()
            : List.of(
                "%s needs what no revision makes; supposed: %s"
                    .formatted(revisions.get(0).file(), String.join("; ", supposed))),
        Rehearsals.problem(outcome.failure()),
        rehearsals.blocking(findings),
        Outline.Change.of(outcome.observations()));
  }

  /** The schemas of several files are not one, so none is shown. */
  private static Result.Lint joined(List<Result.Lint> results) {
    return results.size() == 1
        ? results.get(0)
        : new Result.Lint(
            all(results, Result.Lint::revisions),
            all(results, Result.Lint::statements),
            all(results, Result.Lint::findings),
            all(results, Result.Lint::notes),
            results.stream()
                .map(Result.Lint::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null),
            all(results, Result.Lint::blocking),
            Outline.Change.of(List.of()));
  }

  private static <T> List<T> all(List<Result.Lint> results, Function<Result.Lint, List<T>> part) {
    return results.stream().flatMap(each -> part.apply(each).stream()).toList();
  }

  /** The project's revisions; none where only files outside of it are named and there is none. */
  private List<Revision> revisions(Dialect dialect, List<String> files) {
    boolean needless = !files.isEmpty() && !Files.isDirectory(setup.migrations());
    return needless ? List.of() : Sources.read(setup, dialect).graph().revisions();
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

  /**
   * What is to be looked at.
   *
   * @param ids of revisions
   * @param loose files that are no revisions of this project
   */
  private record Chosen(Set<String> ids, List<Revision> loose) {}

  /** The revisions in these files, all when none is named, and files of SQL that are none. */
  private static Chosen chosen(Dialect dialect, List<Revision> all, List<String> files) {
    Set<String> ids = new LinkedHashSet<>();
    if (files.isEmpty()) {
      all.forEach(revision -> ids.add(revision.id()));
    }
    List<String> names = new ArrayList<>();
    all.forEach(revision -> names.add(Path.of(revision.file()).getFileName().toString()));
    List<Revision> loose = new ArrayList<>();
    for (String file : files) {
      Path path = Path.of(file);
      int at = names.indexOf(path.getFileName().toString());
      if (at >= 0) {
        ids.add(all.get(at).id());
      } else if (Files.isRegularFile(path)) {
        String id = "file_" + (loose.size() + 1);
        loose.add(new RevisionReader(dialect.lexis()).plain(id, path, file));
      } else {
        throw Problem.of(ErrorCode.E_USAGE, "rehearse.no-file")
            .with("file", file)
            .with("nearest", Nearest.to(file, names).orElse(String.join(", ", names)))
            .toException();
      }
    }
    return new Chosen(ids, loose);
  }
}
