package dev.whimbrel;

import dev.whimbrel.apply.Observer;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.plan.Verdict;
import dev.whimbrel.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what the library works with into the facade's records. */
final class Facts {
  private Facts() {}

  static Result.Revision revision(Revision revision) {
    return new Result.Revision(
        revision.id(),
        revision.revises(),
        revision.message(),
        revision.file(),
        Planner.word(revision),
        revision.created(),
        revision.labels(),
        revision.depends());
  }

  static List<Result.Revision> revisions(List<Revision> revisions) {
    List<Result.Revision> all = new ArrayList<>(revisions.size());
    for (Revision revision : revisions) {
      all.add(revision(revision));
    }
    return all;
  }

  /** A revision of which only the database knows; the message may be unknown. */
  static Result.Revision revision(AppliedRevision applied, String message) {
    return new Result.Revision(
        applied.id(),
        applied.revises(),
        message,
        null,
        applied.phase(),
        null,
        List.of(),
        applied.depends());
  }

  static Result.@Nullable History history(@Nullable HistoryRow row) {
    return row == null || row.appliedAt() == null
        ? null
        : new Result.History(
            row.revision().checksum(),
            row.appliedAt(),
            row.appliedBy(),
            row.durationMs(),
            row.toolVersion(),
            row.commit());
  }

  static Result.Applied applied(Observer.Applied applied) {
    return new Result.Applied(
        applied.step().id(), applied.ms(), applied.statements(), applied.retries());
  }

  static Event.@Nullable Holder holder(@Nullable SessionInfo session) {
    return session == null
        ? null
        : new Event.Holder(
            session.process(),
            session.application(),
            session.host(),
            session.since(),
            session.query());
  }

  static State state(Verdict verdict) {
    return switch (verdict) {
      case Verdict.MultipleHeads heads -> State.MULTIPLE_HEADS;
      case Verdict.Interrupted interrupted -> State.INTERRUPTED;
      case Verdict.Untracked untracked -> State.UNTRACKED;
      case Verdict.Empty empty -> State.EMPTY;
      case Verdict.Diverged diverged -> State.DIVERGED;
      case Verdict.Ahead ahead -> State.AHEAD;
      case Verdict.Pending pending -> State.PENDING;
      case Verdict.Drifted drifted -> State.DRIFTED;
      case Verdict.InSync inSync -> State.IN_SYNC;
    };
  }
}
