package dev.whimbrel.graph;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/** Finds the revisions between two addresses. */
final class Ranges {
  private final Graph graph;
  private final Collection<String> current;

  Ranges(Graph graph, Collection<String> current) {
    this.graph = graph;
    this.current = current;
  }

  List<String> resolve(String range) {
    int colon = range.indexOf(':');
    if (colon < 0 || range.indexOf(':', colon + 1) >= 0) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.malformed-range")
          .with("address", range)
          .toException();
    }
    String low = range.substring(0, colon).strip();
    String high = range.substring(colon + 1).strip();
    Address lower = Address.parse(low.isEmpty() ? "base" : low);
    Address upper = Address.parse(high.isEmpty() ? "heads" : high);
    return List.copyOf(graph.ids(between(range, lower, upper)));
  }

  private BitSet between(String range, Address lower, Address upper) {
    boolean upperFollowsLower = upper.isFromCurrent();
    BitSet top = upperFollowsLower ? new BitSet() : place(upper, current);
    BitSet bottom =
        place(lower, lower.isFromCurrent() && !upperFollowsLower ? graph.ids(top) : current);
    if (upperFollowsLower) {
      top = place(upper, graph.ids(bottom));
    }
    BitSet between = graph.links().ancestors(top);
    BitSet outside = (BitSet) bottom.clone();
    outside.andNot(between);
    if (!outside.isEmpty()) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.range-reversed")
          .with("address", range)
          .with("lower", String.join(", ", graph.ids(outside)))
          .with("upper", top.isEmpty() ? "base" : String.join(", ", graph.ids(top)))
          .toException();
    }
    if (!bottom.isEmpty()) {
      between.and(graph.links().lineageDescendants(bottom));
    }
    return between;
  }

  /** A range may reach over the end of the graph: then it ends there. */
  private BitSet place(Address address, Collection<String> from) {
    Resolver resolver = new Resolver(graph, from);
    Integer steps = address.steps();
    if (steps == null) {
      return resolver.absolute(address);
    }
    Integer place = steps > 0 ? resolver.up(address, false) : resolver.down(address, false);
    return place == null ? new BitSet() : Links.bit(place);
  }
}
