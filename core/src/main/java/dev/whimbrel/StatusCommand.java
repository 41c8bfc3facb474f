package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.plan.Gate;
import dev.whimbrel.plan.Verdict;
import dev.whimbrel.revision.Revision;
import java.util.ArrayList;
import java.util.List;

/** {@code status}: the gate's verdict, and nothing done about it. */
final class StatusCommand {
  private final Setup setup;

  StatusCommand(Setup setup) {
    this.setup = setup;
  }

  Result.Status run(String target, boolean drift) {
    Dialect dialect = setup.dialect();
    Sources sources = Sources.find(setup, dialect);
    try (Looking looking = Looking.borrowing(setup, dialect, "whimbrel status")) {
      Looking.Seen seen = see(looking, sources, target, drift);
      List<String> settled = seen.settled();
      return settled == null
          ? judge(sources, looking, seen, target, drift)
          : settled(looking, settled);
    }
  }

  /** What is wrong with the files is told before what is wrong with the way to the database. */
  private static Looking.Seen see(Looking looking, Sources sources, String target, boolean drift) {
    try {
      return drift ? looking.see() : looking.see(sources, target);
    } catch (WhimbrelException e) {
      sources.graph();
      throw e;
    }
  }

  private static Result.Status settled(Looking looking, List<String> heads) {
    return new Result.Status(
        State.IN_SYNC,
        looking.database(),
        heads,
        heads,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  Result.Status judge(
      Sources sources, Looking looking, Looking.Seen seen, String target, boolean drift) {
    Gate gate = new Gate(sources.graph());
    History history = seen.history();
    List<String> differences = drift ? looking.drift(history) : List.of();
    Verdict verdict = gate.decide(target, history, seen.objects(), differences);
    Problem refusal = new Refusals(setup).of(verdict, sources, looking);
    List<Result.Revision> unknown = new ArrayList<>();
    for (AppliedRevision revision : gate.unknown(history)) {
      HistoryRow row = Refusals.row(looking, revision.id());
      unknown.add(Facts.revision(revision, row == null ? "" : row.message()));
    }
    return new Result.Status(
        Facts.state(verdict),
        looking.database(),
        history.heads(),
        sources.latest(),
        Facts.revisions(pending(gate, history, verdict, target)),
        unknown,
        differences,
        sources.warnings(),
        refusal);
  }

  private static List<Revision> pending(
      Gate gate, History history, Verdict verdict, String target) {
    return switch (verdict) {
      case Verdict.Empty(List<Revision> pending) -> pending;
      case Verdict.Pending(List<Revision> pending) -> pending;
      case Verdict.Interrupted interrupted -> gate.pending(history, target);
      case Verdict.MultipleHeads heads -> gate.pending(history, "heads");
      case Verdict.Untracked untracked -> List.of();
      case Verdict.Diverged diverged -> List.of();
      case Verdict.Ahead ahead -> List.of();
      case Verdict.Drifted drifted -> List.of();
      case Verdict.InSync inSync -> List.of();
    };
  }
}
