package dev.whimbrel.diff;

import dev.whimbrel.diff.DiffStrategy.Sides;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which facts go, come or change in place, with everything that has to go and come back because it
 * depends on one of them.
 *
 * @param gone facts of the first schema
 * @param come facts of the second; those that are in both are created again
 * @param altered facts of the second schema that change in place
 * @param rewrites the columns that are rewritten with what is altered, and the types that make room
 *     with it
 * @param rewriters what is altered, by what is rewritten with it
 * @param dependents what depends on each fact of the first schema
 * @param wanted the names that must be free before what comes can come
 */
record Comparison(
    Sides sides,
    Map<FactId, Fact> gone,
    Map<FactId, Fact> come,
    Map<FactId, Fact> altered,
    Map<FactId, List<Fact>> rewrites,
    Map<FactId, List<FactId>> rewriters,
    Map<FactId, List<FactId>> dependents,
    Set<List<String>> wanted) {

  static Comparison of(Sides sides, DiffStrategy strategy) {
    Comparison comparison =
        new Comparison(
            sides,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            dependents(sides.from(), strategy),
            new HashSet<>());
    comparison.compare(strategy);
    comparison
        .come
        .values()
        .forEach(fact -> comparison.wanted.addAll(strategy.awaits(fact, sides.from())));
    comparison.findRewrites(strategy);
    comparison.spread(strategy);
    comparison.rewrites.replaceAll((id, columns) ->
        columns.stream().filter(column -> !comparison.gone.containsKey(column.id())).toList());
    return comparison;
  }

  private void compare(DiffStrategy strategy) {
    for (Fact before : sides.from().facts()) {
      @Nullable Fact after = sides.to().byId().get(before.id());
      if (after == null) {
        gone.put(before.id(), before);
      } else if (!before.content().equals(after.content())) {
        if (strategy.alters(before, after, sides)) {
          altered.put(after.id(), after);
        } else {
          gone.put(before.id(), before);
          come.put(after.id(), after);
        }
      }
    }
    for (Fact after : sides.to().facts()) {
      if (!sides.from().contains(after.id())) {
        come.put(after.id(), after);
      }
    }
  }

  private void findRewrites(DiffStrategy strategy) {
    for (Fact after : altered.values()) {
      List<Fact> found = rewritten(after, strategy);
      if (!found.isEmpty()) {
        rewrites.put(after.id(), found);
        found.forEach(
            fact -> rewriters.computeIfAbsent(fact.id(), key -> new ArrayList<>()).add(after.id()));
      }
    }
  }

  /** Each after all that it is found by. */
  private List<Fact> rewritten(Fact after, DiffStrategy strategy) {
    List<Fact> found = new ArrayList<>(rewrites(before(after.id()), after, strategy));
    for (int i = 0; i < found.size(); i++) {
      Fact by = found.get(i);
      for (Fact next : rewrites(by, by, strategy)) {
        int known = found.indexOf(next);
        if (known >= 0) {
          found.remove(known);
          i -= known <= i ? 1 : 0;
        }
        found.add(next);
      }
    }
    return found;
  }

  private List<Fact> rewrites(Fact before, Fact after, DiffStrategy strategy) {
    List<Fact> dependents =
        this.dependents.getOrDefault(after.id(), List.of()).stream()
            .map(id -> sides.from().byId().get(id))
            .toList();
    return strategy.rewrites(before, after, dependents, sides);
  }

  /** The fact of the second schema. */
  Fact coming(FactId id) {
    return sides.to().find(id).orElseThrow();
  }

  /** The fact of the first schema. */
  Fact before(FactId id) {
    return sides.from().find(id).orElseThrow();
  }

  private void spread(DiffStrategy strategy) {
    Deque<FactId> work = new ArrayDeque<>(gone.keySet());
    work.addAll(altered.keySet());
    work.addAll(rewriters.keySet());
    for (@Nullable FactId next = work.poll(); next != null; next = work.poll()) {
      for (FactId id : dependents.getOrDefault(next, List.of())) {
        Fact dependent = sides.from().find(id).orElseThrow();
        if (!gone.containsKey(id) && isShaken(next, dependent, strategy)) {
          recreate(dependent);
          work.add(id);
        }
      }
    }
  }

  private boolean isShaken(FactId by, Fact dependent, DiffStrategy strategy) {
    List<FactId> with = rewriters.getOrDefault(dependent.id(), List.of());
    if (with.contains(by)
        || with.stream().anyMatch(rewriters.getOrDefault(by, List.of())::contains)) {
      return false;
    }
    if (gone.containsKey(by)) {
      return !isFreed(by, dependent, strategy) && !strategy.outlives(before(by), dependent, sides);
    }
    if (rewriters.containsKey(by)) {
      return strategy.disturbs(before(by), before(by), dependent);
    }
    @Nullable Fact after = altered.get(by);
    return after != null && strategy.disturbs(before(by), after, dependent);
  }

  /** Whether a change in place is what lets go of something that goes for good. */
  private boolean isFreed(FactId by, Fact dependent, DiffStrategy strategy) {
    @Nullable Fact after = altered.get(dependent.id());
    return after != null
        && !come.containsKey(by)
        && !sides.to().dependencies(after.id()).contains(by)
        && strategy.slots(before(by)).stream().noneMatch(wanted::contains);
  }

  private void recreate(Fact fact) {
    gone.put(fact.id(), fact);
    altered.remove(fact.id());
    sides.to().find(fact.id()).ifPresent(after -> come.put(after.id(), after));
  }

  private static Map<FactId, List<FactId>> dependents(Schema schema, DiffStrategy strategy) {
    Map<FactId, List<FactId>> dependents = new HashMap<>();
    for (Fact fact : schema.facts()) {
      for (FactId on : schema.dependencies(fact.id())) {
        dependents.computeIfAbsent(on, key -> new ArrayList<>()).add(fact.id());
      }
      for (FactId on : strategy.companions(fact, schema)) {
        dependents.computeIfAbsent(on, key -> new ArrayList<>()).add(fact.id());
      }
    }
    return dependents;
  }
}
