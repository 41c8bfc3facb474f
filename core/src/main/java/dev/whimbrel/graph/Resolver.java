package dev.whimbrel.graph;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the revisions that addresses name; numbers are the graph's, null stands for the base. */
final class Resolver {
  private static final int SHORTEST_PREFIX = 4;
  private static final int MOST_NAMED = 8;

  private final Graph graph;
  private final Links links;
  private final BitSet current;

  Resolver(Graph graph, Collection<String> current) {
    this.graph = graph;
    this.links = graph.links();
    this.current = links.tips(graph.versions(graph.bits(current)));
  }

  BitSet current() {
    return current;
  }

  /** All that an address names, in the direction its sign says; empty for the base. */
  List<String> places(Address address) {
    Integer steps = address.steps();
    if (steps == null) {
      return List.copyOf(graph.ids(absolute(address)));
    }
    Integer place = steps > 0 ? up(address, true) : down(address, true);
    return place == null ? List.of() : List.of(graph.id(place));
  }

  /** What an address without steps names. */
  BitSet absolute(Address address) {
    String symbol = Optional.ofNullable(address.symbol()).orElse("");
    String label = address.label();
    return switch (symbol) {
      case "heads" -> label == null ? graph.bits(graph.realHeads()) : onBranch(heads(), label);
      case "head" -> {
        BitSet heads = label == null ? heads() : onBranch(heads(), label);
        if (heads.cardinality() > 1) {
          throw several(address.text(), heads);
        }
        yield heads;
      }
      case "base" -> {
        if (label != null) {
          branch(label);
        }
        yield new BitSet();
      }
      case "current" -> label == null ? (BitSet) current.clone() : onBranch(current, label);
      default -> Links.bit(revision(symbol, label));
    };
  }

  /** The one revision, or null for the base, that an address without steps names. */
  @Nullable Integer single(Address address) {
    BitSet places = absolute(address);
    if (places.cardinality() > 1) {
      throw several(address.text(), places);
    }
    return places.isEmpty() ? null : places.nextSetBit(0);
  }

  /** The revision of a label, of an id, or of the beginning of an id. */
  int branch(String word) {
    Optional<String> labelled = graph.labelled(word);
    return labelled.isPresent() ? graph.number(labelled.get()) : revision(word, null);
  }

  /** Those that descend from a branch's revision or lead to it. */
  BitSet onBranch(BitSet numbers, String label) {
    BitSet members = links.lineage(branch(label));
    members.and(numbers);
    return members;
  }

  /** Walks up from what the address names, or from the current revision. */
  @Nullable Integer up(Address address, boolean mustArrive) {
    Integer from = address.isFromCurrent() ? startOfUpgrade(address) : single(start(address));
    return walkUp(from, address, mustArrive);
  }

  /** Walks down from what the address names, or from the current revision. */
  @Nullable Integer down(Address address, boolean mustArrive) {
    Integer from = address.isFromCurrent() ? startOfDowngrade(address) : single(start(address));
    return walkDown(from, address, mustArrive);
  }

  /** Where a walk from the current revision down begins. */
  @Nullable Integer startOfDowngrade(Address address) {
    BitSet candidates = current;
    if (address.label() != null) {
      candidates = onBranch(current, address.label());
      if (candidates.isEmpty()) {
        candidates = activeTips(address.label());
      }
    }
    if (candidates.cardinality() > 1) {
      throw ambiguousStart(address, candidates);
    }
    if (candidates.isEmpty()) {
      throw tooFar(address, 0);
    }
    return candidates.nextSetBit(0);
  }

  private @Nullable Integer startOfUpgrade(Address address) {
    BitSet candidates = current;
    if (address.label() != null && !current.isEmpty()) {
      candidates = onBranch(current, address.label());
      if (candidates.isEmpty()) {
        candidates = links.tips(onBranch(links.ancestors(current), address.label()));
      }
    }
    if (candidates.cardinality() > 1) {
      throw ambiguousStart(address, candidates);
    }
    return candidates.isEmpty() ? null : candidates.nextSetBit(0);
  }

  /** The tips, by lineage, of what is applied on a branch. */
  private BitSet activeTips(String label) {
    BitSet active = links.ancestors(current);
    BitSet tips = new BitSet();
    active.stream()
        .filter(number -> IntStream.of(links.children(number)).noneMatch(active::get))
        .forEach(tips::set);
    return onBranch(tips, label);
  }

  private @Nullable Integer walkUp(@Nullable Integer from, Address address, boolean mustArrive) {
    Integer at = from;
    int steps = steps(address);
    for (int walked = 0; walked < steps; walked++) {
      BitSet above = at == null ? graph.bits(graph.bases()) : bits(links.children(at));
      if (address.label() != null) {
        above = onBranch(above, address.label());
      }
      if (above.isEmpty()) {
        if (mustArrive) {
          throw tooFar(address, walked);
        }
        return at;
      }
      if (above.cardinality() > 1) {
        throw fork(address, at, above, "graph.fork-above");
      }
      at = above.nextSetBit(0);
    }
    return at;
  }

  private @Nullable Integer walkDown(@Nullable Integer from, Address address, boolean mustArrive) {
    Integer at = from;
    int steps = -steps(address);
    for (int walked = 0; walked < steps; walked++) {
      if (at == null) {
        if (mustArrive) {
          throw tooFar(address, walked);
        }
        return null;
      }
      int[] below = links.parents(at);
      if (below.length > 1) {
        throw fork(address, at, bits(below), "graph.fork-below");
      }
      at = below.length == 0 ? null : below[0];
    }
    return at;
  }

  private static Address start(Address address) {
    return new Address(address.text(), address.label(), address.symbol(), null);
  }

  private static int steps(Address address) {
    return Optional.ofNullable(address.steps()).orElse(0);
  }

  private static BitSet bits(int[] numbers) {
    BitSet bits = new BitSet();
    Links.set(bits, numbers);
    return bits;
  }

  private BitSet heads() {
    return graph.bits(graph.heads());
  }

  private int revision(String symbol, @Nullable String label) {
    BitSet lineage = label == null ? null : links.lineage(branch(label));
    Optional<String> exact = exact(symbol);
    BitSet found =
        exact.isPresent() ? Links.bit(graph.number(exact.get())) : startingWith(symbol, lineage);
    if (found.isEmpty()) {
      throw unknown(symbol);
    }
    if (found.cardinality() > 1) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.ambiguous-prefix")
          .with("address", symbol)
          .with("candidates", names(found))
          .toException();
    }
    int number = found.nextSetBit(0);
    if (lineage != null && !lineage.get(number)) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.not-on-branch")
          .with("id", graph.id(number))
          .with("label", String.valueOf(label))
          .toException();
    }
    return number;
  }

  private Optional<String> exact(String symbol) {
    return graph.find(symbol).isPresent() ? Optional.of(symbol) : graph.labelled(symbol);
  }

  private BitSet startingWith(String prefix, @Nullable BitSet lineage) {
    BitSet found = new BitSet();
    if (prefix.length() < SHORTEST_PREFIX) {
      return found;
    }
    for (int i = 0; i < graph.revisions().size(); i++) {
      if (graph.id(i).startsWith(prefix) && (lineage == null || lineage.get(i))) {
        found.set(i);
      }
    }
    return found;
  }

  private WhimbrelException unknown(String symbol) {
    List<String> known =
        Stream.concat(
                Stream.of("head", "heads", "base", "current"),
                Stream.concat(graph.labels().stream(), graph.ids(all()).stream()))
            .toList();
    List<String> longer =
        graph.ids(all()).stream().filter(id -> id.startsWith(symbol)).limit(MOST_NAMED).toList();
    boolean tooShort = symbol.length() < SHORTEST_PREFIX && !longer.isEmpty();
    String meant = Nearest.to(symbol, known).map(near -> "Did you mean " + near + "? ").orElse("");
    return Problem.of(ErrorCode.E_ADDRESS, tooShort ? "graph.short-prefix" : "graph.unknown")
        .with("address", symbol)
        .with("meant", meant)
        .with("candidates", String.join(", ", longer))
        .with("heads", names(heads()))
        .toException();
  }

  private BitSet all() {
    BitSet all = new BitSet();
    all.set(0, graph.revisions().size());
    return all;
  }

  private WhimbrelException several(String address, BitSet places) {
    return Problem.of(ErrorCode.E_MULTIPLE_HEADS, "graph.several-heads")
        .with("address", address)
        .with("count", places.cardinality())
        .with("heads", names(places))
        .toException();
  }

  private WhimbrelException ambiguousStart(Address address, BitSet candidates) {
    return Problem.of(ErrorCode.E_ADDRESS, "graph.several-current")
        .with("address", address.text())
        .with("candidates", names(candidates))
        .toException();
  }

  private WhimbrelException fork(Address address, @Nullable Integer at, BitSet ways, String key) {
    return Problem.of(ErrorCode.E_ADDRESS, key)
        .with("address", address.text())
        .with("at", at == null ? "base" : graph.id(at))
        .with("candidates", names(ways))
        .toException();
  }

  private WhimbrelException tooFar(Address address, int walked) {
    return Problem.of(ErrorCode.E_ADDRESS, "graph.too-far")
        .with("address", address.text())
        .with("steps", Math.abs(steps(address)))
        .with("walked", walked)
        .toException();
  }

  private String names(BitSet numbers) {
    Set<String> ids = graph.ids(numbers);
    if (ids.isEmpty()) {
      return "none";
    }
    String names = String.join(", ", ids.stream().limit(MOST_NAMED).toList());
    return ids.size() > MOST_NAMED ? names + " and " + (ids.size() - MOST_NAMED) + " more" : names;
  }
}
