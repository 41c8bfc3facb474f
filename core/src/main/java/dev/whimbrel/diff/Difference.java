package dev.whimbrel.diff;

import dev.whimbrel.change.Change;
import dev.whimbrel.change.RenameCandidate;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.Unmodelled;
import java.util.List;

/**
 * What differs between two schemas.
 *
 * @param from the first schema
 * @param to the second; a name that a program invented is the first schema's where both have one
 * @param changes what turns {@code from} into {@code to}, in an order in which it can be done
 * @param candidates what may be one thing renamed, though {@code changes} drops and creates it
 * @param unmodelled what one of the two has, or both, and no change can express
 */
public record Difference(
    Schema from,
    Schema to,
    List<Change> changes,
    List<RenameCandidate> candidates,
    List<Unmodelled> unmodelled) {
  public Difference {
    changes = List.copyOf(changes);
    candidates = List.copyOf(candidates);
    unmodelled = List.copyOf(unmodelled);
  }

  /** Whether nothing has to be changed. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
