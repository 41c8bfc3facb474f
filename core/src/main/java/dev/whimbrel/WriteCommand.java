package dev.whimbrel;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.revision.Draft;
import dev.whimbrel.revision.Phase;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.RevisionId;
import dev.whimbrel.revision.RevisionReader;
import dev.whimbrel.revision.RevisionWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** {@code revision}, {@code merge} and {@code edit}: what touches the files. */
final class WriteCommand {
  private final Setup setup;
  private final GraphCommand graphs;
  private final Sources sources;

  WriteCommand(Setup setup) {
    this.setup = setup;
    this.graphs = new GraphCommand(setup);
    this.sources = graphs.sources();
  }

  Result.Written revision(Whimbrel.Draft wish) {
    String id =
        wish.id().isEmpty()
            ? RevisionId.random(ThreadLocalRandom.current())
            : RevisionId.check(wish.id(), null);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Draft draft =
        Draft.empty(id, parents(wish.revises()), wish.message(), now)
            .with(wish.labels(), ids(wish.depends()), phase(wish.phase()));
    return write(draft);
  }

  /** Writes a revision whose halves were generated. */
  Result.Written generated(
      Whimbrel.Draft wish, String summary, String upgrade, String downgrade, String tool) {
    String id =
        wish.id().isEmpty()
            ? RevisionId.random(ThreadLocalRandom.current())
            : RevisionId.check(wish.id(), null);
    String version = "whimbrel " + Setup.version();
    return write(
        new Draft(
            id,
            parents(wish.revises()),
            wish.message(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            wish.labels(),
            ids(wish.depends()),
            phase(wish.phase()),
            tool.isEmpty() ? version : version + ", " + tool,
            List.of(summary),
            upgrade,
            downgrade));
  }

  /** Writes what people review beside the revisions. */
  void writeSchema(String sql) {
    sources.directory().writeSchema(sql.isEmpty() || sql.endsWith("\n") ? sql : sql + "\n");
  }

  private List<String> parents(List<String> addresses) {
    if (!addresses.isEmpty()) {
      return ids(addresses);
    }
    List<String> heads = sources.graph().heads();
    if (heads.size() > 1) {
      throw Problem.of(ErrorCode.E_MULTIPLE_HEADS, "gate.multiple-heads")
          .with("heads", String.join(", ", heads))
          .toException();
    }
    return heads;
  }

  private List<String> ids(List<String> addresses) {
    List<String> ids = new ArrayList<>();
    for (String address : addresses) {
      for (Revision revision : sources.graph().resolve(address, List.of())) {
        ids.add(revision.id());
      }
    }
    return ids;
  }

  private static @Nullable Phase phase(String word) {
    if (word.isEmpty()) {
      return null;
    }
    for (Phase phase : Phase.values()) {
      if (phase.name().equals(word.toUpperCase(Locale.ROOT))) {
        return phase;
      }
    }
    throw Problem.of(ErrorCode.E_USAGE, "facade.phase").with("phase", word).toException();
  }

  Result.Written merge(List<String> addresses, String message) {
    Draft merge = sources.graph().merge(addresses);
    if (message.isEmpty()) {
      return write(merge);
    }
    return write(
        new Draft(
            merge.id(),
            merge.revises(),
            message,
            merge.created(),
            merge.labels(),
            merge.depends(),
            merge.phase(),
            merge.generated(),
            merge.summary(),
            merge.upgrade(),
            merge.downgrade()));
  }

  /** The graph is checked with the new revision in it before anything is written. */
  private Result.Written write(Draft draft) {
    RevisionReader reader = new RevisionReader(setup.dialect().lexis());
    Revision planned = reader.read("the new revision", RevisionWriter.text(draft));
    List<Revision> all = new ArrayList<>(sources.graph().revisions());
    all.add(planned);
    Graph graph = Graph.of(all);
    Path file = sources.directory().write(draft);
    sources.directory().writeHead(graph.heads());
    return new Result.Written(Facts.revision(reader.read(file, file.toString())), file);
  }

  Result.Written edit(String address) {
    Revision revision = graphs.one(address, List.of());
    return new Result.Written(Facts.revision(revision), Path.of(revision.file()));
  }
}
