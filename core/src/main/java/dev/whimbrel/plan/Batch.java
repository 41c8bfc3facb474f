package dev.whimbrel.plan;

import dev.whimbrel.dialect.Transactions;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.revision.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that succeed or fail together.
 *
 * @param steps in order; exactly one when {@code alone}
 * @param alone whether it runs outside a transaction
 */
public record Batch(List<Step> steps, boolean alone) {
  public Batch {
    steps = List.copyOf(steps);
  }

  /**
   * Cuts a revision's statements where a transaction must end.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_REVISION when a statement begins or ends a
   *     transaction by itself
   */
  public static List<Batch> of(List<Step> steps, Transactions transactions) {
    List<Batch> batches = new ArrayList<>();
    List<Step> open = new ArrayList<>();
    for (Step step : steps) {
      Transactions.Kind kind = transactions.kind(step.statement());
      if (step.noTransaction() && kind != Transactions.Kind.CONTROLS) {
        close(open, batches);
        batches.add(new Batch(List.of(step), !transactions.isWhole(step.statement())));
        continue;
      }
      switch (kind) {
        case WITHIN -> open.add(step);
        case ENDS_BATCH -> {
          open.add(step);
          close(open, batches);
        }
        case ALONE -> {
          close(open, batches);
          batches.add(new Batch(List.of(step), true));
        }
        case CONTROLS ->
            throw Problem.of(ErrorCode.E_REVISION, "plan.transaction-control")
                .with("statement", step.statement().words().get(0))
                .at(step.statement().place())
                .statement(step.statement().text(), 0)
                .toException();
      }
    }
    close(open, batches);
    return List.copyOf(batches);
  }

  private static void close(List<Step> open, List<Batch> batches) {
    if (!open.isEmpty()) {
      batches.add(new Batch(open, false));
      open.clear();
    }
  }
}
