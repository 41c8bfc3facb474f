package dev.whimbrel.order;

import java.util.List;

/** What sorting a {@link Dag} gives: an order of all nodes, or a cycle that forbids one. */
public sealed interface Sorted<N> {
  /**
   * Every node, each after all nodes that must come before it.
   *
   * @param nodes each node once
   */
  record Order<N>(List<N> nodes) implements Sorted<N> {
    public Order {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Nodes that wait for each other in a ring.
   *
   * @param members each must come before the next, and the last before the first; the smallest
   *     member is first
   */
  record Cycle<N>(List<N> members) implements Sorted<N> {
    public Cycle {
      members = List.copyOf(members);
    }
  }
}
