package dev.whimbrel.graph;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.order.Dag;
import dev.whimbrel.order.Sorted;
import dev.whimbrel.revision.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Links revisions and refuses what is no graph. */
final class GraphBuilder {
  private final Map<String, Revision> byId = new LinkedHashMap<>();
  private final Map<String, Revision> byLabel = new LinkedHashMap<>();

  GraphBuilder(List<Revision> revisions) {
    for (Revision revision : revisions) {
      add(revision);
    }
    for (Revision revision : revisions) {
      addLabels(revision);
    }
    for (Revision revision : revisions) {
      checkParents(revision);
    }
  }

  /** Where each label was given. */
  Map<String, Revision> labels() {
    return byLabel;
  }

  /** The revisions, each after all it revises or depends on. */
  List<Revision> sorted() {
    Dag<Revision> dag = new Dag<>();
    for (Revision revision : byId.values()) {
      dag.node(revision);
      for (String parent : revision.revises()) {
        dag.edge(known(parent), revision);
      }
      for (Revision needed : dependencies(revision)) {
        dag.edge(needed, revision);
      }
    }
    return switch (dag.sort(GraphBuilder::compare)) {
      case Sorted.Order<Revision> order -> order.nodes();
      case Sorted.Cycle<Revision> cycle -> throw cycle(cycle.members());
    };
  }

  /** The links between the revisions, numbered by their place in the list. */
  Links link(List<Revision> sorted) {
    Map<String, Integer> numbers = new HashMap<>();
    for (Revision revision : sorted) {
      numbers.put(revision.id(), numbers.size());
    }
    List<List<Integer>> parents = empty(sorted.size());
    List<List<Integer>> children = empty(sorted.size());
    List<List<Integer>> depends = empty(sorted.size());
    for (Revision revision : sorted) {
      int number = numbers.getOrDefault(revision.id(), 0);
      for (String parent : revision.revises()) {
        int below = numbers.getOrDefault(parent, 0);
        parents.get(number).add(below);
        children.get(below).add(number);
      }
      for (Revision needed : dependencies(revision)) {
        depends.get(number).add(numbers.getOrDefault(needed.id(), 0));
      }
    }
    return withDependencies(parents, children, depends);
  }

  private static Links withDependencies(
      List<List<Integer>> parents, List<List<Integer>> children, List<List<Integer>> depends) {
    int[][] up = Links.arrays(parents);
    int[][] down = Links.arrays(children);
    Links lineage = new Links(up, down, up, down);
    List<List<Integer>> needs = copy(parents);
    List<List<Integer>> neededBy = copy(children);
    for (int number = 0; number < up.length; number++) {
      List<Integer> own = depends.get(number);
      if (own.isEmpty()) {
        continue;
      }
      BitSet below = lineage.lineageAncestors(number);
      below.clear(number);
      BitSet implied = new BitSet();
      below.stream().forEach(ancestor -> depends.get(ancestor).forEach(implied::set));
      for (int needed : own) {
        neededBy.get(needed).add(number);
        if (!implied.get(needed)) {
          needs.get(number).add(needed);
        }
      }
    }
    return new Links(up, down, Links.arrays(needs), Links.arrays(neededBy));
  }

  private static List<List<Integer>> empty(int size) {
    List<List<Integer>> lists = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      lists.add(new ArrayList<>(2));
    }
    return lists;
  }

  private static List<List<Integer>> copy(List<List<Integer>> lists) {
    List<List<Integer>> copies = new ArrayList<>(lists.size());
    for (List<Integer> list : lists) {
      copies.add(new ArrayList<>(list));
    }
    return copies;
  }

  private void add(Revision revision) {
    Revision earlier = byId.putIfAbsent(revision.id(), revision);
    if (earlier != null) {
      throw Problem.of(ErrorCode.E_GRAPH, "graph.duplicate")
          .with("id", revision.id())
          .with("first", earlier.file())
          .with("second", revision.file())
          .at(Place.of(revision.file()))
          .toException();
    }
  }

  private void addLabels(Revision revision) {
    for (String label : revision.labels()) {
      Revision namesake = byId.get(label);
      Revision earlier = namesake == null ? byLabel.putIfAbsent(label, revision) : namesake;
      if (earlier != null) {
        throw Problem.of(
                ErrorCode.E_GRAPH, namesake == null ? "graph.label-twice" : "graph.label-is-id")
            .with("label", label)
            .with("id", revision.id())
            .with("other", earlier.id())
            .with("file", earlier.file())
            .at(Place.of(revision.file()))
            .toException();
      }
    }
  }

  private void checkParents(Revision revision) {
    for (String parent : revision.revises()) {
      if (!byId.containsKey(parent)) {
        throw missing("graph.missing-parent", revision, parent, byId.keySet().stream());
      }
      if (known(parent).isRepeatable()) {
        throw Problem.of(ErrorCode.E_GRAPH, "graph.repeatable-parent")
            .with("id", revision.id())
            .with("parent", parent)
            .at(Place.of(revision.file()))
            .toException();
      }
    }
    for (String needed : revision.depends()) {
      if (!byId.containsKey(needed) && !byLabel.containsKey(needed)) {
        Stream<String> words = Stream.concat(byId.keySet().stream(), byLabel.keySet().stream());
        throw missing("graph.missing-dependency", revision, needed, words);
      }
    }
  }

  private static RuntimeException missing(
      String key, Revision revision, String id, Stream<String> known) {
    String meant =
        Nearest.to(id, known.filter(word -> !word.equals(revision.id())).toList())
            .map(near -> "Did you mean " + near + "? ")
            .orElse("");
    return Problem.of(ErrorCode.E_GRAPH, key)
        .with("id", revision.id())
        .with("missing", id)
        .with("meant", meant)
        .at(Place.of(revision.file()))
        .toException();
  }

  /**
   * Branches are interleaved by the time of writing; merges, which have none, come at once.
   * Repeatable revisions come last, in the order of their messages.
   */
  private static int compare(Revision one, Revision other) {
    if (one.isRepeatable() != other.isRepeatable()) {
      return one.isRepeatable() ? 1 : -1;
    }
    int order = one.isRepeatable() ? one.message().compareTo(other.message()) : 0;
    if (order == 0) {
      order = compare(one.created(), other.created());
    }
    return order != 0 ? order : one.id().compareTo(other.id());
  }

  private static int compare(@Nullable Instant one, @Nullable Instant other) {
    if (one == null) {
      return other == null ? 0 : -1;
    }
    return other == null ? 1 : one.compareTo(other);
  }

  private static RuntimeException cycle(List<Revision> members) {
    List<String> lines =
        members.stream().map(revision -> revision.id() + " (" + revision.file() + ")").toList();
    return Problem.of(ErrorCode.E_GRAPH, "graph.cycle")
        .with("members", String.join(" -> ", lines) + " -> " + members.get(0).id())
        .at(Place.of(members.get(0).file()))
        .toException();
  }

  private List<Revision> dependencies(Revision revision) {
    List<Revision> needed = new ArrayList<>(revision.depends().size());
    for (String word : revision.depends()) {
      Revision labelled = byLabel.get(word);
      needed.add(labelled == null ? known(word) : labelled);
    }
    return needed;
  }

  private Revision known(String id) {
    Revision revision = byId.get(id);
    if (revision == null) {
      throw new IllegalStateException("checked before: " + id);
    }
    return revision;
  }
}
