package dev.whimbrel.plan;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.graph.Move;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.revision.Draft;
import dev.whimbrel.revision.Part;
import dev.whimbrel.revision.Phase;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.RevisionReader;
import dev.whimbrel.revision.RevisionWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Turns files, history and a target into a plan. */
public final class Planner {
  private final Dialect dialect;
  private final Graph graph;
  private final Map<String, String> chains;
  private final Stamp stamp;

  /**
   * What every row says about the run that writes it.
   *
   * @param appliedBy empty for the database user
   */
  public record Stamp(String appliedBy, String toolVersion, String commit) {}

  public Planner(Dialect dialect, Graph graph, Stamp stamp) {
    this.dialect = dialect;
    this.graph = graph;
    this.chains = graph.chains();
    this.stamp = stamp;
  }

  /** The way up to a target. */
  public Plan up(History history, String target) {
    Gate.Known known = Gate.known(graph, history);
    return plan(history.heads(), graph.upgrade(known.ids(), known.again(), target), true);
  }

  /** The way down to a target; every applied revision is in the graph. */
  public Plan down(History history, String target) {
    return plan(history.heads(), graph.downgrade(history.revisions().keySet(), target), false);
  }

  /** The plan that applies or takes back exactly these, in order. */
  public Plan of(List<String> from, List<Revision> revisions, boolean up, List<String> to) {
    List<PlanStep> steps = new ArrayList<>(revisions.size());
    for (Revision revision : revisions) {
      steps.add(step(revision, up));
    }
    return new Plan(up, from, to, steps);
  }

  private Plan plan(List<String> from, List<Move> moves, boolean up) {
    List<PlanStep> steps = new ArrayList<>(moves.size());
    Collection<String> to = from;
    for (Move move : moves) {
      steps.add(step(move.revision(), move.up()));
      to = move.heads();
    }
    return new Plan(up, from, List.copyOf(new TreeSet<>(to)), steps);
  }

  /** One step of a plan. */
  public PlanStep step(Revision revision, boolean up) {
    Part part = up ? revision.upgrade() : revision.downgrade();
    if (part == null) {
      throw Problem.of(ErrorCode.E_REVISION, "plan.no-downgrade")
          .with("id", revision.id())
          .with("message", revision.message())
          .at(Place.of(revision.file()))
          .toException();
    }
    List<Batch> batches = Batch.of(part.steps(), dialect.transactions());
    return new PlanStep(row(revision), up, batches, revision.file());
  }

  /** The row of the history that a revision gets. */
  public HistoryRow row(Revision revision) {
    List<String> depends = new ArrayList<>();
    for (String needed : revision.depends()) {
      depends.add(graph.labelled(needed).orElse(needed));
    }
    AppliedRevision applied =
        new AppliedRevision(
            revision.id(),
            revision.revises(),
            depends,
            word(revision),
            revision.checksum(),
            chains.getOrDefault(revision.id(), ""));
    Part downgrade = revision.downgrade();
    return new HistoryRow(
        applied,
        revision.message(),
        revision.upgrade().sql(),
        downgrade == null ? null : downgrade.sql(),
        null,
        stamp.appliedBy(),
        -1,
        stamp.toolVersion(),
        stamp.commit());
  }

  /** How a revision's phase is written; empty for none. */
  public static String word(Revision revision) {
    Phase phase = revision.phase();
    if (revision.isRepeatable()) {
      return AppliedRevision.REPEATABLE;
    }
    return phase == null ? "" : phase.name().toLowerCase(Locale.ROOT);
  }

  /**
   * A revision made from what a database recorded, for when there is no file.
   *
   * @param shown stands for the file in messages
   */
  public static Revision stored(HistoryRow row, Dialect dialect, String shown) {
    AppliedRevision applied = row.revision();
    Draft draft =
        new Draft(
            applied.id(),
            applied.revises(),
            row.message(),
            row.appliedAt(),
            List.of(),
            applied.depends(),
            applied.phase().isEmpty() || applied.isRepeatable()
                ? null
                : Phase.valueOf(applied.phase().toUpperCase(Locale.ROOT)),
            null,
            List.of(),
            row.upgrade(),
            row.downgrade());
    return new RevisionReader(dialect.lexis()).read(shown, RevisionWriter.text(draft));
  }
}
