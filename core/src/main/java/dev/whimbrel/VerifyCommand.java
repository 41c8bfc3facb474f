package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.Trace;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.plan.Gate;
import dev.whimbrel.plan.Verdict;
import dev.whimbrel.plan.Verdict.Divergence;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.verify.Drift;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code verify}: everything that is wrong, not only the first. */
final class VerifyCommand {
  private final Setup setup;

  VerifyCommand(Setup setup) {
    this.setup = setup;
  }

  Result.Verification run(boolean database) {
    Dialect dialect = setup.dialect();
    Sources sources = Sources.read(setup, dialect);
    List<Problem> problems = new ArrayList<>();
    Gate gate = new Gate(sources.graph());
    Verdict early = gate.beforeConnecting("head");
    add(problems, early == null ? null : new Refusals(setup).of(early, sources, null));
    add(problems, sources.headProblem());
    int files = sources.graph().revisions().size();
    if (!database) {
      return new Result.Verification(null, files, sources.latest(), problems, List.of(), List.of());
    }
    try (Looking looking = Looking.open(setup, dialect, "whimbrel verify")) {
      List<Drift.Item> drift = compare(looking, gate, problems);
      return new Result.Verification(
          looking.database(),
          files,
          sources.latest(),
          problems,
          drift.stream().map(Drift.Item::line).toList(),
          traces(looking, drift));
    }
  }

  private static List<Result.Trace> traces(Looking looking, List<Drift.Item> drift) {
    List<FactId> facts = new ArrayList<>();
    for (Drift.Item item : drift) {
      if (item.fact() != null) {
        facts.add(item.fact());
      }
    }
    try {
      Map<FactId, Trace> known =
          facts.isEmpty()
              ? Map.of()
              : looking
                  .dialect()
                  .contents()
                  .traces(looking.connection(), looking.tables().home(), facts);
      List<Result.Trace> traces = new ArrayList<>();
      for (Drift.Item item : drift) {
        Trace trace = item.fact() == null ? null : known.get(item.fact());
        if (trace != null) {
          traces.add(
              new Result.Trace(
                  item.line(),
                  trace.by(),
                  trace.owner(),
                  trace.at(),
                  trace.application(),
                  trace.command()));
        }
      }
      return traces;
    } catch (SQLException e) {
      throw looking.failure(e);
    }
  }

  private List<Drift.Item> compare(Looking looking, Gate gate, List<Problem> problems) {
    Looking.Seen seen = looking.see();
    History history = seen.history();
    for (Divergence divergence : gate.changed(history)) {
      HistoryRow row = Refusals.row(looking, divergence.applied().id());
      String file = divergence.file() == null ? "" : divergence.file().file();
      problems.add(
          Problem.of(ErrorCode.E_DIVERGED, "verify.checksum")
              .with("id", divergence.applied().id())
              .with("difference", Refusals.shorten(Refusals.difference(divergence, row)))
              .at(Place.of(file))
              .build());
    }
    boolean ahead =
        gate.decide("heads", history, seen.objects(), List.of()) instanceof Verdict.Ahead;
    for (AppliedRevision unknown : gate.unknown(history)) {
      HistoryRow row = Refusals.row(looking, unknown.id());
      problems.add(
          (ahead
                  ? Problem.of(ErrorCode.E_AHEAD, "verify.ahead")
                  : Problem.of(ErrorCode.E_DIVERGED, "verify.unknown"))
              .with("id", unknown.id())
              .with("message", row == null ? "" : row.message())
              .build());
    }
    return looking.drifted(history);
  }

  private static void add(List<Problem> problems, @Nullable Problem problem) {
    if (problem != null) {
      problems.add(problem);
    }
  }
}
