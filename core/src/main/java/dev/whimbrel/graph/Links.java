package dev.whimbrel.graph;

import java.util.BitSet;
import java.util.List;

/** The edges between revisions, which are numbered in topological order; immutable. */
final class Links {
  private static final int[] NONE = {};

  private final int[][] parents;
  private final int[][] children;
  private final int[][] needs;
  private final int[][] neededBy;

  Links(int[][] parents, int[][] children, int[][] needs, int[][] neededBy) {
    this.parents = parents;
    this.children = children;
    this.needs = needs;
    this.neededBy = neededBy;
  }

  /** What a revision revises. */
  int[] parents(int number) {
    return parents[number];
  }

  /** What revises it. */
  int[] children(int number) {
    return children[number];
  }

  /** Its parents, and what it depends on unless an ancestor depends on that already. */
  int[] needs(int number) {
    return needs[number];
  }

  /** Its children, and what depends on it. */
  int[] neededBy(int number) {
    return neededBy[number];
  }

  /** The numbers and all below them; dependencies count. */
  BitSet ancestors(BitSet from) {
    return below(from, needs);
  }

  /** The numbers and all above them; dependencies count. */
  BitSet descendants(BitSet from) {
    return above(from, neededBy);
  }

  /** The number, all it descends from and all that descends from it; dependencies don't count. */
  BitSet lineage(int number) {
    BitSet lineage = below(bit(number), parents);
    lineage.or(above(bit(number), children));
    return lineage;
  }

  BitSet lineageAncestors(int number) {
    return below(bit(number), parents);
  }

  BitSet lineageDescendants(BitSet from) {
    return above(from, children);
  }

  /** Those of the numbers that no other one of them needs. */
  BitSet tips(BitSet from) {
    BitSet below = new BitSet();
    BitSet all = ancestors(from);
    all.stream().forEach(number -> set(below, needs[number]));
    BitSet tips = (BitSet) from.clone();
    tips.andNot(below);
    return tips;
  }

  static BitSet bit(int number) {
    BitSet bits = new BitSet();
    bits.set(number);
    return bits;
  }

  static void set(BitSet bits, int[] numbers) {
    for (int number : numbers) {
      bits.set(number);
    }
  }

  static int[][] arrays(List<List<Integer>> lists) {
    int[][] arrays = new int[lists.size()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = array(lists.get(i));
    }
    return arrays;
  }

  private static int[] array(List<Integer> list) {
    return switch (list.size()) {
      case 0 -> NONE;
      case 1 -> new int[] {list.get(0)};
      default -> list.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
    };
  }

  private static BitSet below(BitSet from, int[][] edges) {
    BitSet reached = (BitSet) from.clone();
    for (int i = reached.length() - 1; i >= 0; i = i == 0 ? -1 : reached.previousSetBit(i - 1)) {
      set(reached, edges[i]);
    }
    return reached;
  }

  private static BitSet above(BitSet from, int[][] edges) {
    BitSet reached = (BitSet) from.clone();
    for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
      set(reached, edges[i]);
    }
    return reached;
  }
}
