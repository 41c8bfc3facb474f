package dev.whimbrel.plan;

import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.plan.Verdict.Divergence;
import dev.whimbrel.revision.Revision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides, from the files and what a database says, what is the matter; pure. */
public final class Gate {
  private final Graph graph;

  public Gate(Graph graph) {
    this.graph = graph;
  }

  /**
   * What can be said before connecting.
   *
   * @return null when a database has to be asked
   */
  public @Nullable Verdict beforeConnecting(String target) {
    List<String> heads = graph.heads();
    return heads.size() > 1 && target.equals("head") ? new Verdict.MultipleHeads(heads) : null;
  }

  /**
   * The first state that holds.
   *
   * @param history what the database recorded
   * @param objects names of user objects, looked for where there is no history
   * @param drift what differs from what the last run left, where it was looked for
   * @throws dev.whimbrel.error.WhimbrelException E_ADDRESS when the target is none
   */
  public Verdict decide(String target, History history, List<String> objects, List<String> drift) {
    Verdict early = beforeConnecting(target);
    if (early != null) {
      return early;
    }
    if (!history.unfinished().isEmpty()) {
      return new Verdict.Interrupted(history.unfinished());
    }
    if (!history.exists() && !objects.isEmpty()) {
      return new Verdict.Untracked(objects);
    }
    if (history.revisions().isEmpty()) {
      return new Verdict.Empty(pending(history, target));
    }
    return compare(target, history, drift);
  }

  private Verdict compare(String target, History history, List<String> drift) {
    List<AppliedRevision> unknown = unknown(history);
    List<Divergence> divergences = new ArrayList<>(changed(history));
    Set<String> beyondHeads = unknown.isEmpty() ? Set.of() : beyondHeads(history);
    for (AppliedRevision revision : unknown) {
      if (!beyondHeads.contains(revision.id())) {
        divergences.add(new Divergence(revision, null));
      }
    }
    if (!divergences.isEmpty()) {
      return new Verdict.Diverged(divergences);
    }
    if (!unknown.isEmpty()) {
      return new Verdict.Ahead(unknown);
    }
    List<Revision> pending = pending(history, target);
    if (!pending.isEmpty()) {
      return new Verdict.Pending(pending);
    }
    return drift.isEmpty() ? new Verdict.InSync() : new Verdict.Drifted(drift);
  }

  /** Applied revisions that have no file; the last run of a repeatable one binds nobody. */
  public List<AppliedRevision> unknown(History history) {
    List<AppliedRevision> unknown = new ArrayList<>();
    for (AppliedRevision revision : history.revisions().values()) {
      if (!revision.isRepeatable() && graph.find(revision.id()).isEmpty()) {
        unknown.add(revision);
      }
    }
    return unknown;
  }

  /** Applied revisions whose file has other SQL now, and which run only once. */
  public List<Divergence> changed(History history) {
    List<Divergence> changed = new ArrayList<>();
    for (AppliedRevision revision : history.revisions().values()) {
      Revision file = graph.find(revision.id()).orElse(null);
      if (file != null && !file.isRepeatable() && isOther(file, revision)) {
        changed.add(new Divergence(revision, file));
      }
    }
    return changed;
  }

  private static boolean isOther(Revision file, AppliedRevision applied) {
    return !file.checksum().equals(applied.checksum());
  }

  /** Applied revisions that come after all heads of the files, by the rows of the database. */
  private Set<String> beyondHeads(History history) {
    Set<String> beyond = new HashSet<>();
    List<String> heads = graph.heads();
    if (!history.revisions().keySet().containsAll(heads)) {
      return beyond;
    }
    for (AppliedRevision revision : history.revisions().values()) {
      Set<String> below = history.ancestors(List.of(revision.id()));
      if (heads.isEmpty() || heads.stream().anyMatch(below::contains)) {
        beyond.add(revision.id());
      }
    }
    return beyond;
  }

  /** What is to be applied, in order. */
  public List<Revision> pending(History history, String target) {
    Known known = known(graph, history);
    boolean everything = target.equals("head") || target.equals("heads");
    if (everything && known.again().isEmpty() && known.ids().size() == graph.revisions().size()) {
      return List.of();
    }
    return graph.upgrade(known.ids(), known.again(), target).stream()
        .map(move -> move.revision())
        .toList();
  }

  /**
   * What is applied and has a file.
   *
   * @param again of these, the repeatable ones that have changed since
   */
  record Known(List<String> ids, List<String> again) {}

  static Known known(Graph graph, History history) {
    List<String> ids = new ArrayList<>(history.revisions().size());
    List<String> again = new ArrayList<>();
    for (AppliedRevision applied : history.revisions().values()) {
      Revision file = graph.find(applied.id()).orElse(null);
      if (file != null) {
        ids.add(applied.id());
        if (file.isRepeatable() && isOther(file, applied)) {
          again.add(applied.id());
        }
      }
    }
    return new Known(ids, again);
  }
}
