package dev.whimbrel;

import dev.whimbrel.change.Change;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.Replay;
import dev.whimbrel.verify.Drift;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code fix}: finds the revision whose schema an untracked database has; writes nothing. */
final class FixCommand {
  /** Up to so many revisions, all are looked at for the nearest when none is equal. */
  private static final int FEW = 40;

  private final Setup setup;
  private final Dialect dialect;
  private final Graph graph;

  FixCommand(Setup setup) {
    this.setup = setup;
    this.dialect = setup.dialect();
    this.graph = Sources.read(setup, dialect).graph();
  }

  /** Says what differs between a scratch database and the one that is looked at. */
  private interface Comparison {
    List<String> differences(Connection scratch) throws SQLException;
  }

  Result.Located run() {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel fix")) {
      refuse(looking.see());
      SchemaWork work = new SchemaWork(setup, dialect);
      try (ScratchServer server = work.server(work.major(looking.connection()))) {
        Search search = new Search(server, comparison(looking, server));
        return new Result.Located(looking.database(), search.nearest(), search.seen.size());
      }
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_SCRATCH, "facade.scratch")
          .with("message", dialect.failures().message(e))
          .toException(e);
    }
  }

  private void refuse(Looking.Seen seen) {
    if (!seen.history().heads().isEmpty()) {
      throw Problem.of(ErrorCode.E_USAGE, "fix.tracked")
          .with("current", String.join(", ", seen.history().heads()))
          .toException();
    }
    if (!seen.history().exists() && seen.objects().isEmpty()) {
      throw Problem.of(ErrorCode.E_USAGE, "fix.empty").toException();
    }
    if (graph.revisions().isEmpty()) {
      throw Problem.of(ErrorCode.E_USAGE, "fix.no-revisions")
          .with("directory", setup.migrations())
          .toException();
    }
  }

  private Comparison comparison(Looking looking, ScratchServer server) throws SQLException {
    SchemaTools tools = dialect.schemas();
    String home = looking.tables().home();
    if (tools == null) {
      String live = text(looking.connection(), home);
      return scratch -> Drift.between(text(scratch, home), live);
    }
    IntrospectOptions options =
        IntrospectOptions.defaults()
            .withHistorySchema(setup.options().historySchema())
            .withOwners(false)
            .withGrants(false);
    Schema live = tools.introspector().introspect(looking.connection(), options);
    Differ differ = new Differ(tools.diff().apply(server.major()));
    return scratch ->
        differ.compare(tools.introspector().introspect(scratch, options), live).changes().stream()
            .map(FixCommand::line)
            .toList();
  }

  private String text(Connection connection, String home) throws SQLException {
    return CanonicalText.of(dialect.contents().schema(connection, home));
  }

  private static String line(Change change) {
    FactId id = change.object();
    String sign =
        switch (change) {
          case Change.Create create -> "+ ";
          case Change.Drop drop -> "- ";
          case Change.Alter alter -> "~ ";
          case Change.Rename rename -> "~ ";
          case Change.RenameLabel rename -> "~ ";
        };
    return sign + id.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + id.display();
  }

  /** Looks at revisions, each at most once. */
  private final class Search {
    private final ScratchServer server;
    private final Comparison comparison;
    private final Replay replay = new RevisionReplay(graph, dialect.failures());
    private final List<List<String>> places = new ArrayList<>();
    private final Map<Integer, Result.Candidate> seen = new TreeMap<>();

    Search(ScratchServer server, Comparison comparison) {
      this.server = server;
      this.comparison = comparison;
      for (Revision revision : graph.revisions()) {
        if (!revision.isRepeatable()) {
          places.add(List.of(revision.id()));
        }
      }
      if (graph.heads().size() > 1) {
        places.add(List.copyOf(graph.heads()));
      }
    }

    /** Nearest first; of equal ones the newest. */
    List<Result.Candidate> nearest() throws SQLException {
      if (isChain()) {
        bisect();
      }
      if (seen.values().stream().noneMatch(Result.Candidate::equal)
          && (!isChain() || places.size() <= FEW)) {
        for (int i = places.size() - 1; i >= 0; i--) {
          look(i);
        }
      }
      List<Result.Candidate> found = new ArrayList<>(seen.values());
      return found.reversed().stream()
          .sorted(Comparator.comparingInt(candidate -> candidate.differences().size()))
          .toList();
    }

    private boolean isChain() {
      return graph.heads().size() == 1
          && graph.revisions().stream()
              .filter(each -> !each.isRepeatable())
              .allMatch(each ->
                  each.revises().size() <= 1
                      && each.depends().isEmpty()
                      && graph.children(each.id()).size() <= 1);
    }

    /** What the database has beyond a revision says it is later, what it lacks that it is older. */
    private void bisect() throws SQLException {
      int low = 0;
      int high = places.size() - 1;
      int at = high;
      while (low <= high) {
        Result.Candidate candidate = look(at);
        if (candidate.equal()) {
          around(at);
          return;
        }
        long more = candidate.differences().stream().filter(line -> line.startsWith("+")).count();
        long less = candidate.differences().stream().filter(line -> line.startsWith("-")).count();
        if (more == less) {
          return;
        }
        if (more > less) {
          low = at + 1;
        } else {
          high = at - 1;
        }
        at = (low + high) / 2;
      }
    }

    /** Revisions that change no schema look like their neighbours. */
    private void around(int at) throws SQLException {
      int later = at + 1;
      while (later < places.size() && look(later).equal()) {
        later++;
      }
      int earlier = at - 1;
      while (earlier >= 0 && look(earlier).equal()) {
        earlier--;
      }
    }

    private Result.Candidate look(int index) throws SQLException {
      Result.Candidate known = seen.get(index);
      if (known != null) {
        return known;
      }
      List<String> ids = places.get(index);
      String address = ids.equals(graph.heads()) ? "heads" : ids.getFirst();
      try (ScratchDatabase database =
              server.create(
                  replay.checksum(address), connection -> replay.fill(connection, address));
          Connection connection = database.connect()) {
        Revision last = graph.find(ids.getLast()).orElseThrow();
        Result.Candidate candidate =
            new Result.Candidate(ids, last.message(), comparison.differences(connection));
        seen.put(index, candidate);
        return candidate;
      }
    }
  }
}
