package dev.whimbrel.diff;

import dev.whimbrel.change.Change;
import dev.whimbrel.diff.DiffStrategy.Sides;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.order.Dag;
import dev.whimbrel.order.Sorted;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts changes in an order in which each can be done: what is needed comes before, what needs it
 * goes before, and parts join their whole where nothing forbids it.
 */
final class Arrangement {
  private static final int MOST_SPLITS = 1000;

  private final Comparison comparison;
  private final DiffStrategy strategy;
  private final Sides sides;
  private final Map<FactId, FactId> createHosts = new HashMap<>();
  private final Map<FactId, FactId> dropHosts = new HashMap<>();
  private final Map<List<String>, List<Node>> taken = new HashMap<>();

  Arrangement(Comparison comparison, DiffStrategy strategy) {
    this.comparison = comparison;
    this.strategy = strategy;
    sides = comparison.sides();
  }

  List<Change> changes() {
    for (Fact fact : comparison.come().values()) {
      if (fact.kind() != Kind.FOREIGN_KEY) {
        host(strategy.createdWith(fact, sides.to()), comparison.come(), fact.id(), createHosts);
      }
    }
    for (Fact fact : comparison.gone().values()) {
      if (fact.kind() != Kind.FOREIGN_KEY) {
        host(strategy.droppedWith(fact, sides.from()), comparison.gone(), fact.id(), dropHosts);
      }
    }
    List<Node> order = sort();
    joinForeignKeys(order);
    return gather(order);
  }

  private static void host(
      List<FactId> candidates, Map<FactId, Fact> present, FactId part, Map<FactId, FactId> hosts) {
    for (FactId candidate : candidates) {
      if (present.containsKey(candidate)) {
        hosts.put(part, candidate);
        return;
      }
    }
  }

  private Node whole(Node node) {
    return switch (node.action()) {
      case ALTER -> node;
      case CREATE -> Node.create(root(node.id(), createHosts));
      case DROP -> Node.drop(root(node.id(), dropHosts));
    };
  }

  private static FactId root(FactId part, Map<FactId, FactId> hosts) {
    FactId at = part;
    for (@Nullable FactId next = hosts.get(at); next != null; next = hosts.get(at)) {
      at = next;
    }
    return at;
  }

  private List<Node> sort() {
    Comparator<Node> ties = new Ties(comparison, strategy, this::bare).comparator();
    for (int splits = 0; ; splits++) {
      List<Node> members;
      switch (graph().sort(ties)) {
        case Sorted.Order<Node> sorted -> {
          return sorted.nodes();
        }
        case Sorted.Cycle<Node> cycle -> members = cycle.members();
      }
      if (splits == MOST_SPLITS || !split(members)) {
        throw Problem.of(ErrorCode.E_INTERNAL, "diff.cycle")
            .with("members", String.join("\n  ", members.stream().map(Node::toString).toList()))
            .toException();
      }
    }
  }

  /** Takes the parts that may stand alone out of what is created in a ring. */
  private boolean split(List<Node> members) {
    Set<FactId> wholes = new HashSet<>();
    members.stream()
        .filter(node -> node.action() == Node.Action.CREATE)
        .forEach(node -> wholes.add(node.id()));
    return createHosts
        .keySet()
        .removeAll(
            createHosts.keySet().stream()
                .filter(part -> wholes.contains(root(part, createHosts)))
                .filter(part -> strategy.splits(comparison.coming(part)))
                .toList());
  }

  private Dag<Node> graph() {
    Dag<Node> dag = new Dag<>();
    Edges edges = new Edges(dag);
    comparison.come().values().forEach(fact -> before(edges, Node.create(fact.id()), fact));
    comparison.altered().values().forEach(fact -> before(edges, Node.alter(fact.id()), fact));
    comparison.gone().values().forEach(fact -> after(edges, Node.drop(fact.id()), fact));
    comparison
        .altered()
        .keySet()
        .forEach(id -> after(edges, Node.alter(id), comparison.before(id)));
    slots(edges);
    return dag;
  }

  /** What must be there before a fact of the second schema is. */
  private void before(Edges edges, Node node, Fact fact) {
    edges.node(node);
    tie(edges, node, fact);
    for (FactId on : needs(fact, sides.to())) {
      if (comparison.come().containsKey(on)) {
        edges.add(Node.create(on), node);
      }
      changed(on).forEach(changed -> edges.add(Node.alter(changed), node));
    }
    for (FactId other : strategy.follows(fact, sides.to())) {
      if (comparison.come().containsKey(other) && whole(node).equals(node)) {
        edges.add(Node.create(other), node);
      }
    }
    if (node.action() == Node.Action.CREATE && comparison.gone().containsKey(fact.id())) {
      edges.add(Node.drop(fact.id()), node);
    }
  }

  /** What a table needs to be tied to a parent comes before that, all else after it. */
  private void tie(Edges edges, Node node, Fact fact) {
    for (FactId link : strategy.links(fact)) {
      boolean comes = comparison.come().containsKey(link);
      if (comes || comparison.altered().containsKey(link)) {
        Node tied = comes ? Node.create(link) : Node.alter(link);
        if (strategy.readies(fact) && whole(tied).equals(tied)) {
          edges.add(node, tied);
        } else if (!strategy.readies(fact)) {
          edges.add(tied, node);
        }
      } else {
        cut(edges, link, node);
      }
    }
  }

  private void cut(Edges edges, FactId link, Node node) {
    if (comparison.gone().containsKey(link)) {
      edges.add(Node.drop(link), node);
    } else if (comparison.altered().containsKey(link)) {
      edges.add(Node.alter(link), node);
    }
  }

  /** What must still be there while a fact of the first schema is, or is as it was. */
  private void after(Edges edges, Node node, Fact fact) {
    edges.node(node);
    if (node.action() == Node.Action.DROP) {
      for (FactId link : strategy.links(fact)) {
        cut(edges, link, node);
      }
    }
    for (FactId on : needs(fact, sides.from())) {
      if (comparison.gone().containsKey(on)) {
        edges.add(node, Node.drop(on));
      }
      List<FactId> changed = isFirm(on, fact) ? List.of() : changed(on);
      if (!changed.isEmpty() && (node.action() == Node.Action.DROP || leaves(fact, on))) {
        changed.forEach(each -> edges.add(node, Node.alter(each)));
      }
    }
  }

  /** Whether an enum changes without a trace in what depends on it, which may go any time. */
  private boolean isFirm(FactId on, Fact dependent) {
    @Nullable Fact after = comparison.altered().get(on);
    return after != null
        && after.content() instanceof TypeContent.EnumType
        && dependent.kind() != Kind.COLUMN
        && !strategy.disturbs(comparison.before(on), after, dependent);
  }

  /** Whether a fact that stays needs something no longer. */
  private boolean leaves(Fact fact, FactId on) {
    return !needs(sides.to().find(fact.id()).orElseThrow(), sides.to()).contains(on);
  }

  /** What is altered when {@code id} changes in place; empty when it does not. */
  private List<FactId> changed(FactId id) {
    return comparison.altered().containsKey(id)
        ? List.of(id)
        : comparison.rewriters().getOrDefault(id, List.of());
  }

  private List<FactId> needs(Fact fact, Schema schema) {
    List<FactId> needs = new ArrayList<>(schema.dependencies(fact.id()));
    needs.addAll(strategy.needs(fact, schema));
    return needs;
  }

  /** A name is free for another fact only when the one that has it is gone. */
  private void slots(Edges edges) {
    taken.clear();
    comparison.gone().values().forEach(fact -> take(Node.drop(fact.id()), fact));
    comparison.altered().keySet().forEach(id -> take(Node.alter(id), comparison.before(id)));
    if (!taken.isEmpty()) {
      for (Fact fact : comparison.come().values()) {
        await(edges, Node.create(fact.id()), strategy.awaits(fact, sides.from()));
      }
      for (Fact fact : comparison.altered().values()) {
        await(edges, Node.alter(fact.id()), strategy.awaitsAnew(fact, sides.from()));
      }
    }
  }

  private void await(Edges edges, Node node, List<List<String>> slots) {
    for (List<String> slot : slots) {
      for (Node holder : taken.getOrDefault(slot, List.of())) {
        edges.add(holder, node);
      }
    }
  }

  private void take(Node holder, Fact fact) {
    for (List<String> slot : strategy.slots(fact)) {
      taken.computeIfAbsent(slot, key -> new ArrayList<>()).add(holder);
    }
  }

  /** Edges between wholes; the Dag keeps doubles apart, so they are left out here. */
  private final class Edges {
    private final Dag<Node> dag;
    private final Set<List<Node>> known = new HashSet<>();

    Edges(Dag<Node> dag) {
      this.dag = dag;
    }

    void node(Node node) {
      dag.node(whole(node));
    }

    void add(Node first, Node second) {
      Node from = whole(first);
      Node to = whole(second);
      if (!from.equals(to) && known.add(List.of(from, to))) {
        dag.edge(from, to);
      }
    }
  }

  /**
   * Moves a foreign key into the table that it is created with when its target is there by then,
   * and drops it with its table when its target outlives that.
   */
  private void joinForeignKeys(List<Node> order) {
    Map<Node, Integer> places = new HashMap<>();
    for (Node node : order) {
      places.put(node, places.size());
    }
    for (Node node : order) {
      if (node.id().kind() == Kind.FOREIGN_KEY && mayJoin(node)) {
        FactId table = node.id().within(Kind.TABLE, 2);
        boolean creates = node.action() == Node.Action.CREATE;
        @Nullable Integer place = places.get(creates ? Node.create(table) : Node.drop(table));
        if (place != null
            && (creates ? isEarlier(node, place, places) : isLater(node, place, places))) {
          (creates ? createHosts : dropHosts).put(node.id(), table);
        }
      }
    }
  }

  private boolean mayJoin(Node key) {
    return key.action() != Node.Action.CREATE
        || !strategy.createdWith(comparison.coming(key.id()), sides.to()).isEmpty();
  }

  private boolean isEarlier(Node key, int place, Map<Node, Integer> places) {
    Fact fact = comparison.coming(key.id());
    for (FactId on : needs(fact, sides.to())) {
      for (Node node : List.of(whole(Node.create(on)), Node.alter(on))) {
        if (places.getOrDefault(node, -1) > place) {
          return false;
        }
      }
    }
    boolean waits =
        strategy.awaits(fact, sides.from()).stream()
            .flatMap(slot -> taken.getOrDefault(slot, List.of()).stream())
            .anyMatch(holder -> places.getOrDefault(whole(holder), -1) > place);
    return !waits && !comparison.gone().containsKey(key.id());
  }

  private boolean isLater(Node key, int place, Map<Node, Integer> places) {
    Fact fact = comparison.before(key.id());
    for (FactId on : needs(fact, sides.from())) {
      for (Node node : List.of(whole(Node.drop(on)), Node.alter(on))) {
        if (places.getOrDefault(node, Integer.MAX_VALUE) < place) {
          return false;
        }
      }
    }
    return true;
  }

  private List<Change> gather(List<Node> order) {
    Map<Node, Map<FactId, Fact>> parts = new HashMap<>();
    collect(comparison.come(), createHosts, Node.Action.CREATE, parts);
    collect(comparison.gone(), dropHosts, Node.Action.DROP, parts);
    List<Fact> defaults =
        strategy.defaults().stream()
            .flatMap(kind -> sides.from().facts(kind).stream())
            .filter(fact -> !comparison.gone().containsKey(fact.id()))
            .toList();
    List<Change> changes = new ArrayList<>();
    for (Node node : order) {
      if (whole(node).equals(node)) {
        List<Fact> with = List.copyOf(parts.getOrDefault(node, Map.of()).values());
        changes.add(change(node, with));
        if (node.action() == Node.Action.CREATE && !defaults.isEmpty()) {
          changes.addAll(unwanted(node.id(), with, defaults));
        }
      }
    }
    return changes;
  }

  /** Takes away what came by itself with something new and the second schema lacks. */
  private List<Change> unwanted(FactId created, List<Fact> parts, List<Fact> defaults) {
    Map<FactId, Fact> extra = new TreeMap<>();
    Stream.concat(Stream.of(comparison.coming(created)), parts.stream())
        .flatMap(fact -> strategy.bestowed(fact, defaults).stream())
        .filter(fact -> !sides.to().contains(fact.id()))
        .forEach(fact -> extra.put(fact.id(), fact));
    Schema.Builder given = Schema.builder();
    extra.values().forEach(given::add);
    return together(extra, given.build());
  }

  private List<Change> together(Map<FactId, Fact> facts, Schema schema) {
    Map<FactId, List<Fact>> wholes = new TreeMap<>();
    for (Fact fact : facts.values()) {
      FactId leader =
          strategy.createdWith(fact, schema).stream()
              .filter(facts::containsKey)
              .findFirst()
              .orElse(fact.id());
      wholes.computeIfAbsent(leader, id -> new ArrayList<>()).add(fact);
    }
    List<Change> changes = new ArrayList<>();
    for (List<Fact> whole : wholes.values()) {
      changes.add(new Change.Drop(whole.getFirst(), whole.subList(1, whole.size())));
    }
    return changes;
  }

  private void collect(
      Map<FactId, Fact> facts,
      Map<FactId, FactId> hosts,
      Node.Action action,
      Map<Node, Map<FactId, Fact>> parts) {
    for (FactId part : hosts.keySet()) {
      parts
          .computeIfAbsent(new Node(action, root(part, hosts)), key -> new TreeMap<>())
          .put(part, facts.get(part));
    }
  }

  private Change bare(Node node) {
    return change(node, List.of());
  }

  private Change change(Node node, List<Fact> parts) {
    return switch (node.action()) {
      case CREATE -> new Change.Create(comparison.coming(node.id()), parts);
      case DROP -> new Change.Drop(comparison.before(node.id()), parts);
      case ALTER -> {
        Fact before = comparison.before(node.id());
        Fact after = comparison.coming(node.id());
        yield new Change.Alter(
            before, after, comparison.rewrites().getOrDefault(node.id(), List.of()));
      }
    };
  }
}
