package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryLayout;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.revision.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code upgrade --sql} and {@code downgrade --sql}: the run as a script, its books included. */
final class ScriptCommand {
  private final Setup setup;
  private final Dialect dialect;
  private final Sources sources;

  ScriptCommand(Setup setup) {
    this.setup = setup;
    this.dialect = setup.dialect();
    this.sources = Sources.read(setup, dialect);
  }

  Result.Script run(String target, boolean up) {
    int colon = target.indexOf(':');
    if (colon >= 0) {
      return offline(target.substring(0, colon), target.substring(colon + 1), up);
    }
    if (setup.hasDatabase()) {
      return online(up ? Intent.up(target) : Intent.down(target));
    }
    if (!up) {
      throw Problem.of(ErrorCode.E_USAGE, "facade.range").with("target", target).toException();
    }
    return offline("", target, true);
  }

  private Result.Script online(Intent intent) {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel script")) {
      History history = looking.see().history();
      Plan plan = new Plans(setup, sources, looking).of(intent, history);
      return script(plan, !history.exists());
    }
  }

  private Result.Script offline(String from, String to, boolean up) {
    Graph graph = sources.graph();
    Planner planner = new Planner(dialect, graph, setup.stamp());
    Map<String, AppliedRevision> applied = new LinkedHashMap<>();
    List<String> start = new ArrayList<>();
    String named = from.isEmpty() && !up ? "heads" : from;
    if (!named.isEmpty()) {
      graph.resolve(named, List.of()).forEach(revision -> start.add(revision.id()));
    }
    for (String id : graph.ancestors(start)) {
      Revision revision = graph.find(id).orElseThrow();
      applied.put(id, planner.row(revision).revision());
    }
    History history = new History(HistoryLayout.VERSION, applied, List.of(), "", true);
    String target = to.isEmpty() ? (up ? "heads" : "base") : to;
    Plan plan = up ? planner.up(history, target) : planner.down(history, target);
    return script(plan, applied.isEmpty());
  }

  private Result.Script script(Plan plan, boolean create) {
    HistoryTables tables = setup.tables(dialect);
    return new Result.Script(new ScriptText(dialect, tables, Setup.newRun()).of(plan, create));
  }
}
