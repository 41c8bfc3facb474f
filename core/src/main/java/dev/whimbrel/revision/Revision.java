package dev.whimbrel.revision;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One migration, as its file has it.
 *
 * @param id unique in its directory, as {@link RevisionId} allows
 * @param revises its parents: none for a base, several for a merge
 * @param message one line, possibly empty
 * @param created when it was written, null if the file doesn't say
 * @param labels names of the branch it is on
 * @param depends ids or labels of revisions of other branches that must be applied before it
 * @param phase whether it expands or contracts, null if the file doesn't say
 * @param generated the tool that wrote it, null if a person did
 * @param upgrade the half that applies it
 * @param downgrade the half that takes it back, null if there is none
 * @param checksum 64 hex digits over the tokens of the upgrade half
 * @param file its path as shown to users
 */
public record Revision(
    String id,
    List<String> revises,
    String message,
    @Nullable Instant created,
    List<String> labels,
    List<String> depends,
    @Nullable Phase phase,
    @Nullable String generated,
    Part upgrade,
    @Nullable Part downgrade,
    String checksum,
    String file) {
  public Revision {
    revises = List.copyOf(revises);
    labels = List.copyOf(labels);
    depends = List.copyOf(depends);
  }

  /** Whether the line begins with it. */
  public boolean isBase() {
    return revises.isEmpty() && !isRepeatable();
  }

  /** Whether it has no place in the line and runs again whenever its SQL has changed. */
  public boolean isRepeatable() {
    return upgrade.repeatable();
  }

  /** Whether it joins several parents. */
  public boolean isMerge() {
    return revises.size() > 1;
  }

  /** By its id, which tells nearly all apart: the whole of it is long. */
  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
