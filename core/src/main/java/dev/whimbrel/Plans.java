package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.history.Unfinished;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.revision.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the plan of a run: first what was interrupted, then the way to the target. */
final class Plans {
  private final Setup setup;
  private final Sources sources;
  private final Looking looking;
  private final Dialect dialect;

  Plans(Setup setup, Sources sources, Looking looking) {
    this.setup = setup;
    this.sources = sources;
    this.looking = looking;
    this.dialect = looking.dialect();
  }

  Plan of(Intent intent, History history) {
    Graph graph = intent.up() && history.unfinished().isEmpty() ? sources.graph() : known(history);
    Planner planner = new Planner(dialect, graph, setup.stamp());
    List<PlanStep> steps = new ArrayList<>();
    History after = history;
    for (Unfinished unfinished : history.unfinished()) {
      if (!intent.up() && !unfinished.down()) {
        throw Problem.of(ErrorCode.E_INTERRUPTED, "gate.unfinished-up")
            .with("revision", unfinished.revision())
            .toException();
      }
      PlanStep step = resumed(planner, graph, unfinished);
      steps.add(step);
      after = after(after, step);
    }
    if (intent.resumeOnly()) {
      boolean up = steps.isEmpty() || steps.get(0).up();
      return new Plan(up, history.heads(), after.heads(), steps);
    }
    Plan rest =
        intent.up() ? planner.up(after, intent.target()) : planner.down(after, intent.target());
    steps.addAll(rest.steps());
    return new Plan(intent.up(), history.heads(), rest.to(), steps);
  }

  private static PlanStep resumed(Planner planner, Graph graph, Unfinished unfinished) {
    Revision revision = graph.find(unfinished.revision()).orElse(null);
    if (revision == null) {
      throw Problem.of(ErrorCode.E_INTERRUPTED, "gate.unfinished-unknown")
          .with("revision", unfinished.revision())
          .toException();
    }
    return planner.step(revision, !unfinished.down());
  }

  private static History after(History history, PlanStep step) {
    Map<String, AppliedRevision> revisions = new LinkedHashMap<>(history.revisions());
    if (step.up()) {
      revisions.put(step.id(), step.row().revision());
    } else {
      revisions.remove(step.id());
    }
    return new History(
        history.layout(), revisions, List.of(), history.environment(), history.remembered());
  }

  /** The files, and what only the database knows. */
  private Graph known(History history) {
    List<Revision> revisions = new ArrayList<>(sources.graph().revisions());
    for (AppliedRevision applied : history.revisions().values()) {
      if (sources.graph().find(applied.id()).isEmpty()) {
        HistoryRow row = Refusals.row(looking, applied.id());
        if (row != null) {
          String shown = "the database's copy of " + applied.id();
          revisions.add(Planner.stored(row, dialect, shown));
        }
      }
    }
    return Graph.of(revisions);
  }
}
