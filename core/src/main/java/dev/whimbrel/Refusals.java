package dev.whimbrel;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.Secrets;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.importing.ForeignTables;
import dev.whimbrel.plan.Verdict;
import dev.whimbrel.plan.Verdict.Divergence;
import dev.whimbrel.verify.SqlDifference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why {@code deploy} does nothing, where it does nothing. */
final class Refusals {
  private static final int SHOWN_LINES = 40;
  private final Setup setup;

  Refusals(Setup setup) {
    this.setup = setup;
  }

  /** Null where the verdict is no reason to refuse. */
  @Nullable Problem of(Verdict verdict, Sources sources, @Nullable Looking looking) {
    return switch (verdict) {
      case Verdict.MultipleHeads(List<String> heads) ->
          Problem.of(ErrorCode.E_MULTIPLE_HEADS, "gate.multiple-heads")
              .with("heads", String.join(", ", heads))
              .build();
      case Verdict.Untracked(List<String> objects) -> untracked(objects, looking);
      case Verdict.Diverged(List<Divergence> divergences) -> diverged(divergences, looking);
      case Verdict.Ahead ahead -> ahead(ahead, sources);
      case Verdict.Drifted(List<String> differences) -> drift(differences);
      case Verdict.Interrupted interrupted -> null;
      case Verdict.Empty empty -> null;
      case Verdict.Pending pending -> null;
      case Verdict.InSync inSync -> null;
    };
  }

  /** Another tool's own table tells who made the objects, and how to go on. */
  private static Problem untracked(List<String> objects, @Nullable Looking looking) {
    List<ForeignTables.Found> found = looking == null ? List.of() : foreign(looking);
    if (found.isEmpty()) {
      return Problem.of(ErrorCode.E_UNTRACKED, "gate.untracked")
          .with("objects", String.join(", ", objects))
          .build();
    }
    return Problem.of(ErrorCode.E_UNTRACKED, "gate.untracked-foreign")
        .with("tool", found.get(0).importer().tool())
        .with("word", found.get(0).importer().word())
        .with("table", found.get(0).table())
        .with("objects", String.join(", ", objects))
        .build();
  }

  private static List<ForeignTables.Found> foreign(Looking looking) {
    try {
      return ForeignTables.detect(looking.connection());
    } catch (SQLException e) {
      throw looking.failure(e);
    }
  }

  /** Drift is refused only where that was asked for. */
  @Nullable Problem drift(List<String> differences) {
    return differences.isEmpty() || !setup.options().strict()
        ? null
        : Problem.of(ErrorCode.E_DRIFTED, "gate.drifted")
            .with("differences", shorten(differences))
            .build();
  }

  private static @Nullable Problem ahead(Verdict.Ahead ahead, Sources sources) {
    List<String> contracting = new ArrayList<>();
    for (AppliedRevision revision : ahead.contracting()) {
      contracting.add(revision.id());
    }
    return contracting.isEmpty()
        ? null
        : Problem.of(ErrorCode.E_AHEAD, "gate.ahead")
            .with("revisions", String.join(", ", contracting))
            .with("head", sources.latest().isEmpty() ? "base" : sources.latest().get(0))
            .build();
  }

  private static Problem diverged(List<Divergence> divergences, @Nullable Looking looking) {
    List<String> lines = new ArrayList<>();
    Place place = null;
    for (Divergence divergence : divergences) {
      HistoryRow row = row(looking, divergence.applied().id());
      if (divergence.file() == null) {
        String message = row == null ? "" : " (" + row.message() + ")";
        lines.add("applied, but unknown here: " + divergence.applied().id() + message);
      } else {
        place = place == null ? Place.of(divergence.file().file()) : place;
        lines.add(
            divergence.applied().id()
                + " was changed after it was applied: "
                + divergence.file().file());
        lines.addAll(difference(divergence, row));
      }
    }
    return Problem.of(ErrorCode.E_DIVERGED, "gate.diverged")
        .with("differences", shorten(lines))
        .at(place)
        .build();
  }

  static List<String> difference(Divergence divergence, @Nullable HistoryRow row) {
    return row == null || divergence.file() == null
        ? List.of()
        : SqlDifference.lines(
            Secrets.hidden(row.upgrade()), Secrets.hidden(divergence.file().upgrade().sql()));
  }

  static @Nullable HistoryRow row(@Nullable Looking looking, String id) {
    if (looking == null) {
      return null;
    }
    try {
      return looking.tables().row(looking.connection(), id);
    } catch (SQLException e) {
      throw looking.failure(e);
    }
  }

  static String shorten(List<String> lines) {
    List<String> shown = lines.subList(0, Math.min(SHOWN_LINES, lines.size()));
    String text = String.join("\n", shown);
    int hidden = lines.size() - shown.size();
    return hidden == 0 ? text : text + "\n… and " + hidden + " lines more";
  }
}
