package dev.whimbrel.plan;

import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.Unfinished;
import dev.whimbrel.revision.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gate finds, with what it found it by. */
public sealed interface Verdict {
  /** The files have several heads where one is needed. */
  record MultipleHeads(List<String> heads) implements Verdict {}

  /** Revisions were begun and not finished. */
  record Interrupted(List<Unfinished> unfinished) implements Verdict {}

  /** There are objects, some of which are named, and no history. */
  record Untracked(List<String> objects) implements Verdict {}

  /** There is nothing yet. */
  record Empty(List<Revision> pending) implements Verdict {}

  /** Applied revisions are unknown here, or were changed. */
  record Diverged(List<Divergence> divergences) implements Verdict {}

  /** The database went further than the files. */
  record Ahead(List<AppliedRevision> beyond) implements Verdict {
    /** Those with which this, older, code may not work. */
    public List<AppliedRevision> contracting() {
      return beyond.stream().filter(revision -> revision.phase().equals("contract")).toList();
    }
  }

  /** Revisions are to be applied. */
  record Pending(List<Revision> pending) implements Verdict {}

  /** The schema was changed by hand; nothing is pending. */
  record Drifted(List<String> differences) implements Verdict {}

  /** Nothing is to be done. */
  record InSync() implements Verdict {}

  /**
   * An applied revision that the files contradict.
   *
   * @param file the revision as the files have it now; null when they don't have it
   */
  record Divergence(AppliedRevision applied, @Nullable Revision file) {}
}
