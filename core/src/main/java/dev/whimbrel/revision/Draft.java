package dev.whimbrel.revision;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A revision that is to be written.
 *
 * @param id as {@link RevisionId} allows
 * @param revises its parents, none for a base
 * @param message one line of at most 200 characters
 * @param created when, null for a merge
 * @param labels names for its branch
 * @param depends ids or labels that must be applied before it
 * @param phase null to leave it open
 * @param generated the tool that writes it, null for a person
 * @param summary lines for a comment below the header, possibly none
 * @param upgrade the SQL of the upgrade half as it shall stand in the file, possibly empty
 * @param downgrade the same for the downgrade half, null to leave the half out
 */
public record Draft(
    String id,
    List<String> revises,
    String message,
    @Nullable Instant created,
    List<String> labels,
    List<String> depends,
    @Nullable Phase phase,
    @Nullable String generated,
    List<String> summary,
    String upgrade,
    @Nullable String downgrade) {
  public Draft {
    revises = List.copyOf(revises);
    labels = List.copyOf(labels);
    depends = List.copyOf(depends);
    summary = List.copyOf(summary);
  }

  /** A revision with two empty halves, to be filled by hand. */
  public static Draft empty(String id, List<String> revises, String message, Instant created) {
    return new Draft(
        id, revises, message, created, List.of(), List.of(), null, null, List.of(), "", "");
  }

  /**
   * The merge of these parents: the same bytes for everybody who merges them.
   *
   * @param parents two or more, in any order
   */
  public static Draft merge(List<String> parents) {
    List<String> sorted = parents.stream().sorted().distinct().toList();
    String message = "Merge " + String.join(" and ", sorted);
    return new Draft(
        RevisionId.ofMerge(sorted),
        sorted,
        message.length() > RevisionWriter.LONGEST_MESSAGE
            ? "Merge " + sorted.size() + " heads"
            : message,
        null,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        "",
        "");
  }

  /** The same with other labels, dependencies and phase. */
  public Draft with(List<String> newLabels, List<String> newDepends, @Nullable Phase newPhase) {
    return new Draft(
        id,
        revises,
        message,
        created,
        newLabels,
        newDepends,
        newPhase,
        generated,
        summary,
        upgrade,
        downgrade);
  }
}
