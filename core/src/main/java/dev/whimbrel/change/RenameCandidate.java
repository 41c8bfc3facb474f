package dev.whimbrel.change;

import dev.whimbrel.schema.FactId;

/**
 * Something that goes and something that comes, alike but for their names: maybe one thing renamed.
 *
 * @param object the fact that goes, or the enum whose label goes
 * @param from the whole name of what goes
 * @param to that of what comes
 */
public record RenameCandidate(FactId object, String from, String to) {

  /** Two facts of one kind. */
  public static RenameCandidate of(FactId from, FactId to) {
    return new RenameCandidate(from, from.display(), to.display());
  }

  /** As {@code --rename} takes it, such as {@code public.users.name=public.users.full_name}. */
  public String flag() {
    return from + "=" + to;
  }
}
