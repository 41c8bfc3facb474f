package dev.whimbrel.plan;

import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.revision.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * One revision to apply or to take back.
 *
 * @param row its row of the history, as it is written, or was
 * @param up whether it is applied
 * @param batches its statements
 * @param file where they stand, for people
 */
public record PlanStep(HistoryRow row, boolean up, List<Batch> batches, String file) {
  public PlanStep {
    batches = List.copyOf(batches);
  }

  public String id() {
    return row.revision().id();
  }

  /** Whether it fits, with its row, in one transaction. */
  public boolean isAtomic() {
    return batches.isEmpty() || (batches.size() == 1 && !batches.get(0).alone());
  }

  /** What the journal keeps of it: what a repeatable revision was when it ran, else nothing. */
  public String detail() {
    return row.revision().isRepeatable() ? row.revision().checksum() : "";
  }

  /** The statements of the batches before the one that this statement belongs to, or after all. */
  public List<Step> before(Step step) {
    List<Step> earlier = new ArrayList<>();
    for (Batch batch : batches) {
      if (batch.steps().contains(step)) {
        return earlier;
      }
      earlier.addAll(batch.steps());
    }
    return earlier;
  }

  /** How many statements it has. */
  public int statements() {
    int count = 0;
    for (Batch batch : batches) {
      count += batch.steps().size();
    }
    return count;
  }
}
