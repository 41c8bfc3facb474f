package dev.whimbrel.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.revision.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random graphs against plain sets: what is applied is a set, heads are its members without users.
 */
class RandomGraphTest {
  static List<Integer> seeds() {
    return new Random(20260109).ints(200).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void pathsArriveWhereSetsSayAndNeverPassAnUnmetNeed(int seed) {
    Random random = new Random(seed);
    Map<String, Set<String>> needs = new HashMap<>();
    List<Revision> revisions = randomRevisions(random, needs);
    Graph graph = Graph.of(revisions);
    for (int i = 0; i < 10; i++) {
      Set<String> applied = closure(some(random, revisions), needs);
      String target = revisions.get(random.nextInt(revisions.size())).id();
      Set<String> wanted = new HashSet<>(applied);
      wanted.addAll(closure(Set.of(target), needs));
      follow(graph.upgrade(applied, target), applied, needs, wanted);
      assertThat(graph.headsOf(applied)).isEqualTo(tips(applied, needs));
      if (tips(applied, needs).contains(target)
          || graph.children(target).stream().anyMatch(applied::contains)) {
        follow(
            graph.downgrade(applied, target), applied, needs, below(graph, target, applied, needs));
      }
      follow(graph.downgrade(applied, "base"), applied, needs, Set.of());
    }
  }

  /** Walks a path step by step and checks needs and heads after each. */
  private static void follow(
      List<Move> path, Set<String> from, Map<String, Set<String>> needs, Set<String> expected) {
    Set<String> applied = new HashSet<>(from);
    for (Move move : path) {
      String id = move.revision().id();
      if (move.up()) {
        assertThat(applied).containsAll(needs.getOrDefault(id, Set.of()));
        assertThat(applied.add(id)).isTrue();
      } else {
        assertThat(applied.remove(id)).isTrue();
        assertThat(applied).noneMatch(other -> needs.getOrDefault(other, Set.of()).contains(id));
      }
      assertThat(move.heads()).isEqualTo(tips(applied, needs));
    }
    assertThat(applied).isEqualTo(expected);
  }

  private static Set<String> below(
      Graph graph, String target, Set<String> applied, Map<String, Set<String>> needs) {
    Set<String> kept = new HashSet<>(applied);
    Set<String> gone = new HashSet<>(graph.children(target));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (String id : applied) {
        if (needs.getOrDefault(id, Set.of()).stream().anyMatch(gone::contains)) {
          grew |= gone.add(id);
        }
      }
    }
    kept.removeAll(gone);
    return kept;
  }

  private static List<Revision> randomRevisions(Random random, Map<String, Set<String>> needs) {
    List<Revision> revisions = new ArrayList<>();
    int size = 1 + random.nextInt(25);
    for (int i = 0; i < size; i++) {
      Set<String> parents = new HashSet<>();
      int count = i == 0 || random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(8) / 7;
      for (int k = 0; k < count; k++) {
        parents.add(revisions.get(random.nextInt(i)).id());
      }
      Set<String> depends = new HashSet<>();
      if (i > 0 && random.nextInt(5) == 0) {
        depends.add(revisions.get(random.nextInt(i)).id());
      }
      String id = String.format("%02d%02x", random.nextInt(100), i);
      revisions.add(Picture.revision(id, random.nextInt(50), parents, depends, Set.of()));
      Set<String> all = new HashSet<>(parents);
      all.addAll(depends);
      needs.put(id, all);
    }
    return revisions;
  }

  private static Set<String> some(Random random, List<Revision> revisions) {
    Set<String> ids = new HashSet<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      ids.add(revisions.get(random.nextInt(revisions.size())).id());
    }
    return ids;
  }

  private static Set<String> closure(Set<String> ids, Map<String, Set<String>> needs) {
    Set<String> closure = new HashSet<>();
    ids.forEach(id -> close(id, needs, closure));
    return closure;
  }

  private static void close(String id, Map<String, Set<String>> needs, Set<String> closure) {
    if (closure.add(id)) {
      needs.getOrDefault(id, Set.of()).forEach(needed -> close(needed, needs, closure));
    }
  }

  private static Set<String> tips(Set<String> applied, Map<String, Set<String>> needs) {
    Set<String> tips = new HashSet<>(applied);
    applied.forEach(id -> tips.removeAll(needs.getOrDefault(id, Set.of())));
    return tips;
  }
}
