package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.rehearse.LiveCopy;
import dev.whimbrel.rehearse.Rehearsal;
import dev.whimbrel.revision.Revision;
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
    Plan plan =
        new Planner(dialect, sources.graph(), setup.stamp())
            .of(List.of(), all, true, sources.latest());
    try (ScratchServer server = setup.scratchServer(dialect.name(), ANY_VERSION)) {
      Rehearsal.Outcome outcome =
          new Rehearsal(
                  dialect,
                  server,
                  setup.tables(dialect),
                  setup.limits(),
                  cancellation,
                  LiveCopy.nothing(tools, setup.tables(dialect)))
              .lint(plan, wanted);
      Rehearsals rehearsals =
          new Rehearsals(
              setup,
              plan,
              dev.whimbrel.hazard.Facts.assumed(setup.options().blockBudget()),
              outcome.observations());
      List<Result.Finding> findings = rehearsals.findings(List.of());
      return new Result.Lint(
          all.stream().filter(each -> wanted.contains(each.id())).map(Facts::revision).toList(),
          rehearsals.statements(),
          findings,
          Rehearsals.problem(outcome.failure()),
          rehearsals.blocking(findings),
          Outline.Change.of(outcome.observations()));
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_SCRATCH, "rehearse.failed")
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
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
