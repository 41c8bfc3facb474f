package dev.whimbrel.graph;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what has to be applied or taken back between a database's heads and a target. */
final class Paths {
  private final Graph graph;
  private final Links links;
  private final Resolver resolver;
  private final BitSet current;
  private final BitSet applied;

  Paths(Graph graph, Collection<String> current) {
    this.graph = graph;
    this.links = graph.links();
    this.resolver = new Resolver(graph, current);
    this.current = resolver.current();
    this.applied = links.ancestors(graph.bits(current));
  }

  /** The way up; applied ones are run again where they are given and the target has all heads. */
  List<Move> up(Address target, BitSet again) {
    BitSet targets = upgradeTargets(target);
    BitSet done = (BitSet) applied.clone();
    if (targets.equals(graph.bits(graph.heads()))
        || targets.equals(graph.bits(graph.realHeads()))) {
      targets.or(graph.bits(graph.repeatables()));
      done.andNot(again);
    }
    BitSet needed = links.ancestors(targets);
    needed.andNot(done);
    BitSet heads = (BitSet) current.clone();
    List<Move> moves = new ArrayList<>();
    needed.stream()
        .forEach(number -> {
          if (!graph.revisions().get(number).isRepeatable()) {
            for (int below : links.needs(number)) {
              heads.clear(below);
            }
            heads.set(number);
          }
          moves.add(move(number, true, heads));
        });
    return moves;
  }

  private BitSet upgradeTargets(Address target) {
    Integer steps = target.steps();
    if (steps == null) {
      return resolver.absolute(target);
    }
    if (steps < 0 && target.isFromCurrent()) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.upgrade-down")
          .with("address", target.text())
          .toException();
    }
    Integer place = steps > 0 ? resolver.up(target, true) : resolver.down(target, true);
    return place == null ? new BitSet() : Links.bit(place);
  }

  List<Move> down(Address target) {
    Integer steps = target.steps();
    if (steps != null && steps > 0 && target.isFromCurrent()) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.downgrade-up")
          .with("address", target.text())
          .toException();
    }
    Integer place = downgradeTarget(target);
    BitSet dropped = links.descendants(roots(place, branch(target), target));
    dropped.and(applied);
    if (dropped.isEmpty() && place != null && !current.get(place)) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.not-below")
          .with("address", target.text())
          .with("current", names(current))
          .toException();
    }
    return takeBack(dropped);
  }

  /** The revision to come down to, null for the base. */
  private @Nullable Integer downgradeTarget(Address target) {
    Integer steps = target.steps();
    if (steps != null) {
      return steps > 0 ? resolver.up(target, true) : resolver.down(target, true);
    }
    return resolver.single(target);
  }

  /** The revision on whose side of a fork to stay, null if none was named. */
  private @Nullable Integer branch(Address target) {
    if (target.steps() != null && target.isFromCurrent()) {
      return resolver.startOfDowngrade(target);
    }
    return target.label() == null ? null : resolver.branch(target.label());
  }

  /** What stands directly above the target: all that is applied from there up goes. */
  private BitSet roots(@Nullable Integer place, @Nullable Integer branch, Address target) {
    BitSet roots = new BitSet();
    if (place == null) {
      roots = graph.bits(graph.bases());
      roots.or(graph.bits(branch == null ? graph.repeatables() : List.of()));
    } else {
      Links.set(roots, links.children(place));
    }
    if (branch == null || roots.cardinality() <= 1) {
      return roots;
    }
    roots.and(links.lineageAncestors(branch));
    if (roots.isEmpty()) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.not-below")
          .with("address", target.text())
          .with("current", names(current))
          .toException();
    }
    return roots;
  }

  private List<Move> takeBack(BitSet dropped) {
    BitSet heads = (BitSet) current.clone();
    List<Move> moves = new ArrayList<>();
    for (int i = dropped.length() - 1; i >= 0; i = i == 0 ? -1 : dropped.previousSetBit(i - 1)) {
      if (!graph.revisions().get(i).isRepeatable()) {
        heads.clear(i);
        boolean alone = heads.isEmpty() && links.needs(i).length <= 1;
        Links.set(heads, links.needs(i));
        heads = graph.versions(alone ? heads : links.tips(heads));
      }
      moves.add(move(i, false, heads));
    }
    return moves;
  }

  private Move move(int number, boolean up, BitSet heads) {
    return new Move(graph.revisions().get(number), up, graph.ids(heads));
  }

  private String names(BitSet numbers) {
    return numbers.isEmpty() ? "the base" : String.join(", ", graph.ids(numbers));
  }
}
