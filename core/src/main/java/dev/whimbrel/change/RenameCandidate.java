package dev.whimbrel.change;

import dev.whimbrel.schema.FactId;

/**
 * Something that goes and something that comes, alike but for their names: maybe one thing renamed.
 *
 * @param from what goes
 * @param to what comes
 */
public record RenameCandidate(String from, String to) {

  /** Two facts of one kind. */
  public static RenameCandidate of(FactId from, FactId to) {
    return new RenameCandidate(from.display(), to.display());
  }

  /** As {@code --rename} takes it, such as {@code public.users.name=public.users.full_name}. */
  public String flag() {
    return from + "=" + to;
  }
}
