package dev.whimbrel.graph;

import dev.whimbrel.revision.Revision;
import java.util.Set;

/**
 * One step of a path.
 *
 * @param revision what is applied or taken back
 * @param up whether it is applied
 * @param heads the database's heads after it, empty at the base
 */
public record Move(Revision revision, boolean up, Set<String> heads) {
  public Move {
    heads = Set.copyOf(heads);
  }
}
