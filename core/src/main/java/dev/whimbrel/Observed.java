package dev.whimbrel;

import dev.whimbrel.apply.Observer;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.error.Secrets;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a run as events. */
final class Observed implements Observer {
  private final Setup setup;

  Observed(Setup setup) {
    this.setup = setup;
  }

  private static Event.Direction direction(PlanStep step) {
    return step.up() ? Event.Direction.UPGRADE : Event.Direction.DOWNGRADE;
  }

  static Result.Revision revision(PlanStep step) {
    Result.Revision known = Facts.revision(step.row().revision(), step.row().message());
    return new Result.Revision(
        known.revision(),
        known.revises(),
        known.message(),
        step.file(),
        known.phase(),
        known.created(),
        known.labels(),
        known.depends());
  }

  @Override
  public void revisionStarted(PlanStep step, int number, int of) {
    setup.tell(
        new Event.RevisionStarted(direction(step), revision(step), number, of, step.statements()));
  }

  @Override
  public void revisionFinished(Applied applied, int number, int of) {
    setup.tell(
        new Event.RevisionFinished(direction(applied.step()), Facts.applied(applied), number, of));
  }

  @Override
  public void statementStarted(PlanStep revision, Step step, boolean transactional) {
    setup.tell(
        new Event.StatementStarted(
            revision.id(),
            step.statement().index(),
            revision.statements(),
            Secrets.hidden(step.statement().text()),
            transactional));
  }

  @Override
  public void statementFinished(PlanStep revision, Step step, Duration took) {
    setup.tell(
        new Event.StatementFinished(
            revision.id(), step.statement().index(), revision.statements(), took));
  }

  @Override
  public void resuming(PlanStep revision, int statement, String what) {
    setup.tell(new Event.Resuming(revision.id(), statement, what));
  }

  @Override
  public void waitingForLock(@Nullable SessionInfo holder, Duration waited) {
    setup.tell(new Event.WaitingForLock(Facts.holder(holder), waited, setup.options().lockWait()));
  }

  @Override
  public void orphanFound(SessionInfo orphan, boolean ended) {
    Event.Holder holder = Facts.holder(orphan);
    if (holder != null) {
      setup.tell(new Event.OrphanFound(holder, ended));
    }
  }

  @Override
  public void retrying(
      PlanStep revision, int attempt, Duration pause, String reason, List<SessionInfo> blockers) {
    List<Event.Holder> holders = new ArrayList<>();
    for (SessionInfo blocker : blockers) {
      Event.Holder holder = Facts.holder(blocker);
      if (holder != null) {
        holders.add(holder);
      }
    }
    setup.tell(
        new Event.Retrying(
            revision.id(), attempt, setup.options().retries(), pause, reason, holders));
  }
}
