package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.scratch.ScratchServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code fix}: finds the revision whose schema an untracked database has; writes nothing. */
final class FixCommand {
  /** Up to so many places on two branches are looked at when no single revision is equal. */
  private static final int MOST_PAIRS = 150;

  private final Setup setup;
  private final Dialect dialect;
  private final Graph graph;

  FixCommand(Setup setup) {
    this.setup = setup;
    this.dialect = setup.dialect();
    this.graph = Sources.read(setup, dialect).graph();
  }

  Result.Located run() {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel fix")) {
      refuse(looking.see());
      SchemaWork work = new SchemaWork(setup, dialect);
      try (ScratchServer server = work.server(work.major(looking.connection()))) {
        Search search = new Search(new Places(looking, graph, server));
        List<Result.Candidate> nearest = search.nearest();
        return new Result.Located(looking.database(), nearest, search.places.count());
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

  /** Looks at places of the graph: revisions, all heads, and pairs of revisions on branches. */
  private final class Search {
    private final Places places;
    private final List<List<String>> all = new ArrayList<>();
    private final Map<List<String>, Result.Candidate> seen = new LinkedHashMap<>();

    Search(Places places) {
      this.places = places;
      for (Revision revision : graph.revisions()) {
        if (!revision.isRepeatable()) {
          all.add(List.of(revision.id()));
        }
      }
      if (graph.heads().size() > 1) {
        all.add(List.copyOf(graph.heads()));
      }
    }

    /** Nearest first; of equal ones the newest. */
    List<Result.Candidate> nearest() throws SQLException {
      if (isChain()) {
        bisect();
        if (!found()) {
          places.walk();
        }
      }
      if (!found()) {
        for (List<String> place : all) {
          places.at(place);
        }
        judge(all);
      }
      if (!found() && !isChain()) {
        List<List<String>> pairs = pairs();
        for (int i = 0; i < pairs.size() && !found(); i++) {
          judge(List.of(pairs.get(i)));
        }
      }
      List<Result.Candidate> candidates = new ArrayList<>(seen.values());
      return candidates.reversed().stream()
          .sorted(Comparator.comparingInt(candidate -> candidate.differences().size()))
          .toList();
    }

    private void judge(List<List<String>> which) throws SQLException {
      for (List<String> place : which) {
        seen.remove(place);
        seen.put(place, places.compare(place));
      }
    }

    private boolean found() {
      return seen.values().stream().anyMatch(Result.Candidate::equal);
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

    /** Two revisions of which neither needs the other, the newest first. */
    private List<List<String>> pairs() {
      List<List<String>> pairs = new ArrayList<>();
      List<Revision> revisions = graph.revisions().reversed();
      for (int i = 0; i < revisions.size(); i++) {
        Set<String> below = graph.ancestors(List.of(revisions.get(i).id()));
        for (int j = i + 1; j < revisions.size() && pairs.size() < MOST_PAIRS; j++) {
          if (!below.contains(revisions.get(j).id())) {
            pairs.add(List.of(revisions.get(j).id(), revisions.get(i).id()));
          }
        }
      }
      return pairs;
    }

    /** What the database has beyond a revision says it is later, what it lacks that it is older. */
    private void bisect() throws SQLException {
      int low = 0;
      int high = all.size() - 1;
      int at = high;
      while (low <= high) {
        Result.Candidate candidate = look(at);
        if (candidate.equal() && candidate.strange().isEmpty()) {
          around(at);
          return;
        }
        seen.remove(all.get(at));
        long more = count(candidate, "+") + candidate.strange().size();
        long less = count(candidate, "-");
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

    private static long count(Result.Candidate candidate, String sign) {
      return candidate.differences().stream().filter(line -> line.startsWith(sign)).count();
    }

    /** Revisions that change no schema look like their neighbours. */
    private void around(int at) throws SQLException {
      int later = at + 1;
      while (later < all.size() && look(later).equal()) {
        later++;
      }
      int earlier = at - 1;
      while (earlier >= 0 && look(earlier).equal()) {
        earlier--;
      }
    }

    private Result.Candidate look(int index) throws SQLException {
      List<String> place = all.get(index);
      Result.Candidate candidate = places.compare(place);
      seen.put(place, candidate);
      return candidate;
    }
  }
}
