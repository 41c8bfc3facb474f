package dev.whimbrel.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a database contains: facts in canonical order, and what each depends on. Immutable.
 *
 * <p>Two schemas are equal when their facts and what they could not model are; dependencies and the
 * positions of columns do not count.
 */
public final class Schema {
  private final SortedMap<FactId, Fact> facts;
  private final Map<FactId, List<FactId>> told;
  private final Map<FactId, Integer> positions;
  private final SortedSet<Unmodelled> unmodelled;
  private final SortedMap<FactId, FactId> parts;

  /** Null until somebody asks: most schemas are only compared or written. */
  private volatile @Nullable Map<FactId, Set<FactId>> dependencies;

  private Schema(Builder builder) {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(builder.facts));
    positions = Map.copyOf(builder.positions);
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(builder.parts));
    unmodelled = Collections.unmodifiableSortedSet(new TreeSet<>(builder.unmodelled));
    Map<FactId, List<FactId>> needs = new HashMap<>();
    builder.dependencies.forEach((id, on) -> needs.put(id, List.copyOf(on)));
    told = needs;
  }

  private Map<FactId, Set<FactId>> dependencies() {
    Map<FactId, Set<FactId>> known = dependencies;
    if (known == null) {
      known = findDependencies();
      dependencies = known;
    }
    return known;
  }

  private Map<FactId, Set<FactId>> findDependencies() {
    Map<FactId, Set<FactId>> known = new HashMap<>();
    for (Fact fact : facts.values()) {
      SortedSet<FactId> wanted = new TreeSet<>();
      keep(fact.id(), told.getOrDefault(fact.id(), List.of()), wanted);
      keep(fact.id(), fact.id().enclosing(), wanted);
      keep(fact.id(), fact.content().references(), wanted);
      if (!wanted.isEmpty()) {
        known.put(fact.id(), Collections.unmodifiableSortedSet(wanted));
      }
    }
    return Map.copyOf(known);
  }

  private void keep(FactId self, Collection<FactId> candidates, Set<FactId> wanted) {
    for (FactId candidate : candidates) {
      if (!candidate.equals(self) && facts.containsKey(candidate)) {
        wanted.add(candidate);
      }
    }
  }

  /** The schema of an empty database. */
  public static Schema empty() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** All facts, in canonical order. */
  public Collection<Fact> facts() {
    return facts.values();
  }

  /** The facts by identity, in canonical order. */
  public SortedMap<FactId, Fact> byId() {
    return facts;
  }

  /** The facts of one kind, in canonical order. */
  public List<Fact> facts(Kind kind) {
    return facts.tailMap(FactId.of(kind, "")).values().stream()
        .takeWhile(fact -> fact.kind() == kind)
        .toList();
  }

  public boolean contains(FactId id) {
    return facts.containsKey(id);
  }

  public Optional<Fact> find(FactId id) {
    return Optional.ofNullable(facts.get(id));
  }

  /** The content of a fact when it exists and is of that type. */
  public <C extends Content> Optional<C> find(FactId id, Class<C> type) {
    @Nullable Fact fact = facts.get(id);
    return fact == null || !type.isInstance(fact.content())
        ? Optional.empty()
        : Optional.of(type.cast(fact.content()));
  }

  /** What must exist before {@code id} does: facts of this schema, in canonical order. */
  public Set<FactId> dependencies(FactId id) {
    return dependencies().getOrDefault(id, Set.of());
  }

  /** The facts of {@code kind} whose path begins with the whole path of {@code outer}. */
  public List<Fact> within(FactId outer, Kind kind) {
    FactId first = outer.as(kind);
    int depth = outer.path().size();
    return facts.tailMap(first).values().stream()
        .takeWhile(fact ->
            fact.kind() == kind
                && fact.id().path().size() >= depth
                && fact.id().path().subList(0, depth).equals(outer.path()))
        .toList();
  }

  /** The columns that a table defines itself, in their position. */
  public List<Fact> columns(FactId table) {
    return within(table, Kind.COLUMN).stream()
        .sorted(Comparator.comparingInt((Fact column) -> position(column.id())))
        .toList();
  }

  /** The position of a column; {@link Integer#MAX_VALUE} if unknown. */
  public int position(FactId column) {
    return positions.getOrDefault(column, Integer.MAX_VALUE);
  }

  /** What was met and cannot be expressed. */
  public SortedSet<Unmodelled> unmodelled() {
    return unmodelled;
  }

  /**
   * What a table has as its part of a key or an index of a whole, which alone is a fact: the part's
   * identity, and that of the whole.
   */
  public SortedMap<FactId, FactId> parts(FactId table) {
    SortedMap<FactId, FactId> found = new TreeMap<>();
    parts.forEach((part, whole) -> {
      if (part.path().subList(0, 2).equals(table.path())) {
        found.put(part, whole);
      }
    });
    return found;
  }

  public boolean isEmpty() {
    return facts.isEmpty() && unmodelled.isEmpty();
  }

  /** This schema with only the facts that {@code wanted} accepts. */
  public Schema filter(Predicate<Fact> wanted) {
    Builder builder = toBuilder();
    builder.facts.values().removeIf(wanted.negate());
    return builder.build();
  }

  /** A builder that starts with this schema. */
  public Builder toBuilder() {
    Builder builder = builder();
    builder.facts.putAll(facts);
    builder.positions.putAll(positions);
    builder.parts.putAll(parts);
    builder.unmodelled.addAll(unmodelled);
    dependencies().forEach((id, on) -> builder.dependencies.put(id, new LinkedHashSet<>(on)));
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Schema schema
        && facts.equals(schema.facts)
        && unmodelled.equals(schema.unmodelled);
  }

  @Override
  public int hashCode() {
    return facts.keySet().hashCode();
  }

  /** The canonical text. */
  @Override
  public String toString() {
    return CanonicalText.of(this);
  }

  /** Collects facts; not thread-safe. */
  public static final class Builder {
    private final Map<FactId, Fact> facts = new HashMap<>();
    private final Map<FactId, Set<FactId>> dependencies = new HashMap<>();
    private final Map<FactId, Integer> positions = new HashMap<>();
    private final Set<Unmodelled> unmodelled = new TreeSet<>();
    private final Map<FactId, FactId> parts = new HashMap<>();

    private Builder() {}

    /** Adds a fact, or replaces the one with the same identity. */
    public Builder add(FactId id, Content content) {
      return add(new Fact(id, content));
    }

    /** Adds a fact, or replaces the one with the same identity. */
    public Builder add(Fact fact) {
      facts.put(fact.id(), fact);
      return this;
    }

    /** Adds a column at its 1-based position. */
    public Builder add(FactId id, TableContent.Column column, int position) {
      positions.put(id, position);
      return add(id, column);
    }

    /** Removes a fact if it is there. */
    public Builder remove(FactId id) {
      facts.remove(id);
      return this;
    }

    /**
     * Removes a fact that is there.
     *
     * @return its content
     * @throws IllegalStateException if it is not there
     */
    public Content removed(FactId id) {
      Fact fact = facts.remove(id);
      if (fact == null) {
        throw new IllegalStateException("there is no " + id);
      }
      return fact.content();
    }

    /**
     * Says that {@code id} needs {@code on}; forgotten when one of them is no fact in the end. What
     * a path or a content names is known without this.
     */
    public Builder depends(FactId id, FactId on) {
      dependencies.computeIfAbsent(id, key -> new LinkedHashSet<>()).add(on);
      return this;
    }

    /** Notes a part that is no fact of its own. */
    public Builder part(FactId part, FactId whole) {
      parts.put(part, whole);
      return this;
    }

    /** Notes something that cannot be expressed. */
    public Builder unmodelled(String kind, String name) {
      unmodelled.add(new Unmodelled(kind, name));
      return this;
    }

    public Schema build() {
      return new Schema(this);
    }
  }
}
