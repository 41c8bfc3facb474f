package dev.whimbrel.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Collects nodes and the pairs that must come one before the other, then sorts them.
 *
 * <p>Nodes are told apart by {@code equals}. Sorting takes O((n + e) log n) time and no recursion.
 * Not thread-safe.
 */
public final class Dag<N> {
  private final Map<N, Integer> numbers = new HashMap<>();
  private final List<N> nodes = new ArrayList<>();
  private final List<List<Integer>> after = new ArrayList<>();
  private final List<List<Integer>> before = new ArrayList<>();

  /** Adds a node; adding it again changes nothing. */
  public Dag<N> node(N node) {
    number(node);
    return this;
  }

  /** Adds both nodes and demands that {@code first} comes before {@code second}. */
  public Dag<N> edge(N first, N second) {
    int from = number(first);
    int to = number(second);
    after.get(from).add(to);
    before.get(to).add(from);
    return this;
  }

  /**
   * Sorts all nodes.
   *
   * @param ties which of two nodes comes first where the edges leave it open; it must tell all
   *     nodes apart, or the order follows the order of addition
   */
  public Sorted<N> sort(Comparator<? super N> ties) {
    int[] rank = ranks(ties);
    int[] waiting = new int[nodes.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>(Comparator.comparingInt(i -> rank[i]));
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = before.get(i).size();
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<N> order = new ArrayList<>(nodes.size());
    for (Integer next = ready.poll(); next != null; next = ready.poll()) {
      order.add(nodes.get(next));
      for (int follower : after.get(next)) {
        waiting[follower]--;
        if (waiting[follower] == 0) {
          ready.add(follower);
        }
      }
    }
    return order.size() == nodes.size()
        ? new Sorted.Order<>(order)
        : new Sorted.Cycle<>(cycle(waiting, rank));
  }

  private int number(N node) {
    Integer known = numbers.get(node);
    if (known != null) {
      return known;
    }
    int number = nodes.size();
    numbers.put(node, number);
    nodes.add(node);
    after.add(new ArrayList<>());
    before.add(new ArrayList<>());
    return number;
  }

  private int[] ranks(Comparator<? super N> ties) {
    List<Integer> byTies = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      byTies.add(i);
    }
    byTies.sort((a, b) -> ties.compare(nodes.get(a), nodes.get(b)));
    int[] rank = new int[nodes.size()];
    for (int i = 0; i < rank.length; i++) {
      rank[byTies.get(i)] = i;
    }
    return rank;
  }

  /** Every node that still waits has a predecessor that waits: walking back must meet itself. */
  private List<N> cycle(int[] waiting, int[] rank) {
    int at = -1;
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] > 0 && (at < 0 || rank[i] < rank[at])) {
        at = i;
      }
    }
    int[] seenAt = new int[waiting.length];
    List<Integer> path = new ArrayList<>();
    while (seenAt[at] == 0) {
      path.add(at);
      seenAt[at] = path.size();
      at = smallestWaiting(before.get(at), waiting, rank);
    }
    List<Integer> ring = new ArrayList<>(path.subList(seenAt[at] - 1, path.size()));
    Collections.reverse(ring);
    int smallest = ring.indexOf(Collections.min(ring, Comparator.comparingInt(i -> rank[i])));
    Collections.rotate(ring, -smallest);
    return ring.stream().map(nodes::get).toList();
  }

  private static int smallestWaiting(List<Integer> candidates, int[] waiting, int[] rank) {
    return candidates.stream()
        .filter(i -> waiting[i] > 0)
        .min(Comparator.comparingInt(i -> rank[i]))
        .orElseThrow();
  }
}
