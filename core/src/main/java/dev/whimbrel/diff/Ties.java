package dev.whimbrel.diff;

import dev.whimbrel.change.Change;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The order of changes where no dependency decides: by rank, then tables so that what is referred
 * to comes first, then by name.
 */
final class Ties {
  private final DiffStrategy strategy;
  private final Comparison comparison;
  private final Function<Node, Change> changes;
  private final Map<FactId, Integer> created;
  private final Map<FactId, Integer> dropped;
  private final Map<Node, Integer> ranks = new HashMap<>();

  Ties(Comparison comparison, DiffStrategy strategy, Function<Node, Change> changes) {
    this.strategy = strategy;
    this.comparison = comparison;
    this.changes = changes;
    created = depths(comparison.sides().to(), comparison.come());
    dropped = depths(comparison.sides().from(), comparison.gone());
  }

  Comparator<Node> comparator() {
    return Comparator.comparingInt(this::rank)
        .thenComparingInt(this::tablePlace)
        .thenComparing(Node::action)
        .thenComparing(Node::id);
  }

  private int rank(Node node) {
    return ranks.computeIfAbsent(
        node, key -> strategy.rank(changes.apply(key), comparison.sides()));
  }

  private int tablePlace(Node node) {
    return switch (node.action()) {
      case CREATE -> created.getOrDefault(node.id(), 0);
      case DROP -> -dropped.getOrDefault(node.id(), 0);
      case ALTER -> 0;
    };
  }

  /** The place of each table in a walk that visits the tables it refers to before itself. */
  private static Map<FactId, Integer> depths(Schema schema, Map<FactId, Fact> facts) {
    Map<FactId, List<FactId>> targets = new HashMap<>();
    for (Fact fact : facts.values()) {
      if (fact.content() instanceof ConstraintContent.ForeignKey key
          && facts.containsKey(key.table())) {
        targets
            .computeIfAbsent(fact.id().within(Kind.TABLE, 2), id -> new ArrayList<>())
            .add(key.table());
      }
    }
    Map<FactId, Integer> places = new HashMap<>();
    Set<FactId> seen = new HashSet<>();
    for (Fact table : schema.facts(Kind.TABLE)) {
      if (facts.containsKey(table.id())) {
        walk(table.id(), targets, seen, places);
      }
    }
    return places;
  }

  private static void walk(
      FactId start,
      Map<FactId, List<FactId>> targets,
      Set<FactId> seen,
      Map<FactId, Integer> places) {
    Deque<FactId> stack = new ArrayDeque<>(List.of(start));
    while (!stack.isEmpty()) {
      FactId at = stack.peek();
      if (seen.add(at)) {
        targets.getOrDefault(at, List.of()).stream()
            .filter(target -> !seen.contains(target))
            .forEach(stack::push);
      } else {
        stack.pop();
        places.putIfAbsent(at, places.size() + 1);
      }
    }
  }
}
