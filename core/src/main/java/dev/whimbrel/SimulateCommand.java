package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.history.History;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.rehearse.Rehearsal;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchProviders;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code simulate}: what {@code deploy} would do, run where it can do no harm. */
final class SimulateCommand {
  private final Setup setup;
  private final Cancellation cancellation;
  private final Dialect dialect;
  private final Sources sources;

  SimulateCommand(Setup setup, Cancellation cancellation) {
    this.setup = setup;
    this.cancellation = cancellation;
    this.dialect = setup.dialect();
    this.sources = Sources.read(setup, dialect);
  }

  Result.Simulation run(String target) {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel simulate")) {
      Result.Status status = new StatusCommand(setup).judge(sources, looking, target, true);
      if (status.refusal() != null || status.pending().isEmpty()) {
        return new Result.Simulation(status, false, List.of(), null);
      }
      ScratchRequest request = new ScratchRequest(dialect.name(), major(looking));
      try (ScratchServer server = new ScratchProviders(setup.scratch()).open(request);
          ScratchDatabase scratch = server.create()) {
        return rehearse(status, looking.see().history(), target, scratch);
      }
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_SCRATCH, "facade.scratch")
          .with("message", dialect.failures().message(e))
          .toException(e);
    }
  }

  private int major(Looking looking) throws SQLException {
    return dialect.capabilities().majorMatters()
        ? looking.connection().getMetaData().getDatabaseMajorVersion()
        : 0;
  }

  private Result.Simulation rehearse(
      Result.Status status, History history, String target, ScratchDatabase scratch)
      throws SQLException {
    Planner planner = new Planner(dialect, sources.graph(), setup.stamp());
    List<Revision> behind = new ArrayList<>();
    for (Revision revision : sources.graph().revisions()) {
      if (history.find(revision.id()) != null) {
        behind.add(revision);
      }
    }
    Plan replay = planner.of(List.of(), behind, true, history.heads());
    Plan plan = planner.up(history, target);
    String home = setup.options().historySchema();
    Rehearsal.Outcome outcome =
        new Rehearsal(dialect, home, setup.limits(), cancellation).run(scratch, replay, plan);
    List<Result.Statement> statements = new ArrayList<>();
    for (Rehearsal.Ran ran : outcome.statements()) {
      statements.add(
          new Result.Statement(
              ran.revision().id(),
              ran.step().statement().index(),
              ran.step().statement().text(),
              ran.took().toMillis(),
              ran.transactional()));
    }
    return new Result.Simulation(status, true, statements, outcome.failure());
  }
}
