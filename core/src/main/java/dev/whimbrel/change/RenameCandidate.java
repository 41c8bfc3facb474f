package dev.whimbrel.change;

import dev.whimbrel.schema.FactId;

/**
 * Something that goes and something that comes, alike but for their names: maybe one thing renamed.
 *
 * @param from what goes
 * @param to what comes
 */
public record RenameCandidate(FactId from, FactId to) {

  /** As {@code --rename} takes it, such as {@code public.users.name=public.users.full_name}. */
  public String flag() {
    return from.display() + "=" + to.display();
  }
}
