package dev.whimbrel.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The ordered steps from one state of a database to another.
 *
 * @param up whether revisions are applied; otherwise they are taken back
 * @param from the heads before
 * @param to the heads after
 */
public record Plan(boolean up, List<String> from, List<String> to, List<PlanStep> steps) {
  public Plan {
    from = List.copyOf(from);
    to = List.copyOf(to);
    steps = List.copyOf(steps);
  }

  /** One line for each revision, and one for each batch where it has several. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    for (PlanStep step : steps) {
      lines.add((step.up() ? "upgrade " : "downgrade ") + step.id() + " " + step.row().message());
      for (Batch batch : step.isAtomic() ? List.<Batch>of() : step.batches()) {
        lines.add(
            "  "
                + batch.steps().size()
                + (batch.alone() ? " statement outside a transaction" : " in a transaction"));
      }
    }
    return String.join("\n", lines);
  }
}
