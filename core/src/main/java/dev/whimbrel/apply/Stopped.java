package dev.whimbrel.apply;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import java.util.List;

/** What is said when a run stops without a statement having failed. */
final class Stopped {
  private Stopped() {}

  static WhimbrelException cancelled(
      String reason, List<String> done, List<String> notDone, Throwable cause) {
    return Problem.of(ErrorCode.E_CANCELLED, "apply.cancelled")
        .with("reason", reason)
        .done(done)
        .notDone(notDone)
        .toException(cause);
  }

  static WhimbrelException unknown(PlanStep revision, Step step) {
    return Problem.of(ErrorCode.E_INTERRUPTED, "apply.unknown")
        .with("revision", revision.id())
        .with("index", step.statement().index())
        .at(step.statement().place())
        .statement(step.statement().text(), 0)
        .toException();
  }

  static WhimbrelException changed(PlanStep revision, Step step) {
    return Problem.of(ErrorCode.E_INTERRUPTED, "apply.changed")
        .with("revision", revision.id())
        .with("index", step.statement().index())
        .at(step.statement().place())
        .statement(step.statement().text(), 0)
        .toException();
  }
}
