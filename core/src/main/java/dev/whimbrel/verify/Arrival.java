package dev.whimbrel.verify;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a run arrived where its plan leads. */
public final class Arrival {
  private Arrival() {}

  /**
   * Compares the history after a run with the plan.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_VERIFY naming each difference
   */
  public static void check(Plan plan, History history) {
    List<String> wrong = new ArrayList<>();
    for (PlanStep step : plan.steps()) {
      AppliedRevision found = history.find(step.id());
      if (step.up()) {
        checkApplied(step, found, wrong);
      } else if (found != null) {
        wrong.add(step.id() + " was taken back but is still in the history");
      }
    }
    if (!history.unfinished().isEmpty()) {
      wrong.add(history.unfinished().get(0).revision() + " is not finished");
    }
    if (!wrong.isEmpty()) {
      throw Problem.of(ErrorCode.E_VERIFY, "verify.history")
          .with("differences", String.join("\n", wrong))
          .toException();
    }
  }

  private static void checkApplied(
      PlanStep step, @Nullable AppliedRevision found, List<String> wrong) {
    if (found == null) {
      wrong.add(step.id() + " was applied but is not in the history");
    } else if (!found.checksum().equals(step.row().revision().checksum())) {
      wrong.add(step.id() + " is in the history with other SQL");
    }
  }
}
