package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.diff.DiffStrategy.Sides;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes what a table inherits in one schema comparable to what it has of its own in the other:
 * attaching a partition takes nothing from it, and detaching leaves it all it had.
 */
final class PostgresqlInheritance {
  static final List<Kind> INHERITED =
      List.of(Kind.COLUMN, Kind.COLUMN_DEFAULT, Kind.NOT_NULL, Kind.CHECK);
  private static final Map<Kind, String> CLONED =
      Map.of(
          Kind.PRIMARY_KEY,
          "pkey",
          Kind.UNIQUE,
          "key",
          Kind.INDEX,
          "idx",
          Kind.FOREIGN_KEY,
          "fkey");

  private PostgresqlInheritance() {}

  static Sides level(Schema from, Schema to) {
    Set<FactId> children = new HashSet<>();
    for (Schema schema : List.of(from, to)) {
      for (Kind kind : List.of(Kind.PARTITION, Kind.INHERITANCE)) {
        schema.facts(kind).forEach(fact -> children.add(fact.id().as(Kind.TABLE)));
      }
    }
    children.removeIf(child -> !from.contains(child) || !to.contains(child));
    List<Fact> left = new ArrayList<>();
    List<Fact> right = new ArrayList<>();
    for (FactId child : children) {
      left.addAll(missing(child, from, to, true));
      right.addAll(missing(child, to, from, false));
    }
    return new Sides(with(from, left), with(to, right));
  }

  private static Schema with(Schema schema, List<Fact> more) {
    if (more.isEmpty()) {
      return schema;
    }
    Schema.Builder builder = schema.toBuilder();
    more.forEach(builder::add);
    return builder.build();
  }

  /** What {@code child} has of its own in {@code other} and inherits in {@code schema}. */
  private static List<Fact> missing(FactId child, Schema schema, Schema other, boolean first) {
    List<Fact> found = new ArrayList<>();
    if (!parents(child, schema).equals(parents(child, other))) {
      found.addAll(all(child, schema));
    }
    for (Kind kind : INHERITED) {
      for (Fact own : other.within(child, kind)) {
        if (!schema.contains(own.id()) && (!first || stays(child, own.id(), schema, other))) {
          inherited(child, own.id(), schema)
              .ifPresent(content -> found.add(new Fact(own.id(), content)));
        }
      }
    }
    boolean was = schema.contains(child.as(Kind.PARTITION));
    if (was && !other.contains(child.as(Kind.PARTITION))) {
      CLONED.keySet().forEach(kind -> found.addAll(clones(child, kind, schema, other)));
      if (first) {
        found.addAll(leftOvers(child, schema, found));
      }
    }
    return found;
  }

  /** All that a child inherits, as its own. */
  private static List<Fact> all(FactId child, Schema schema) {
    Map<FactId, Fact> found = new TreeMap<>();
    for (FactId parent : parents(child, schema)) {
      List<Fact> facts = new ArrayList<>(all(parent, schema));
      INHERITED.forEach(kind -> facts.addAll(schema.within(parent, kind)));
      for (Fact fact : facts) {
        FactId id = FactId.of(fact.kind(), child.segment(0), child.segment(1), fact.id().name());
        if (!schema.contains(id)) {
          found.putIfAbsent(id, fact.withId(id));
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** Whether what a child inherits is still there when it has its own: a parent may drop it. */
  private static boolean stays(FactId child, FactId own, Schema schema, Schema other) {
    return !parents(child, schema).equals(parents(child, other))
        || own.kind() == Kind.COLUMN_DEFAULT
        || inherited(child, own, other).isPresent();
  }

  private static Optional<Content> inherited(FactId child, FactId wanted, Schema schema) {
    for (FactId parent : parents(child, schema)) {
      FactId id = FactId.of(wanted.kind(), parent.segment(0), parent.segment(1), wanted.name());
      Optional<Content> content = schema.find(id).map(Fact::content);
      if (content.isPresent()) {
        return content;
      }
      Optional<Content> higher = inherited(parent, wanted, schema);
      if (higher.isPresent()) {
        return higher;
      }
    }
    return Optional.empty();
  }

  static List<FactId> parents(FactId child, Schema schema) {
    return schema
        .find(child.as(Kind.PARTITION), TableContent.Partition.class)
        .map(partition -> List.of(partition.parent()))
        .or(() ->
            schema
                .find(child.as(Kind.INHERITANCE), TableContent.Inheritance.class)
                .map(TableContent.Inheritance::parents))
        .orElse(List.of());
  }

  /** The parts of keys and indexes that a partition is left with and nothing has a use for. */
  private static List<Fact> leftOvers(FactId child, Schema schema, List<Fact> used) {
    Set<Content> kept = new HashSet<>();
    used.forEach(fact -> kept.add(fact.content()));
    List<Fact> found = new ArrayList<>();
    schema
        .parts(child)
        .forEach((part, whole) ->
            schema
                .find(whole)
                .map(Fact::content)
                .filter(content -> !kept.contains(content) && !schema.contains(part))
                .ifPresent(content -> found.add(new Fact(part, content))));
    return found;
  }

  /** The partition's part of each key and index of its parent, by the name it has elsewhere. */
  private static List<Fact> clones(FactId child, Kind kind, Schema schema, Schema other) {
    Map<Content, FactId> names = new HashMap<>();
    other.within(child, kind).forEach(own -> names.put(own.content(), own.id()));
    List<Fact> found = new ArrayList<>();
    for (FactId parent : parents(child, schema)) {
      for (Fact key : schema.within(parent, kind)) {
        if (names.containsKey(key.content())) {
          found.add(new Fact(names.get(key.content()), key.content()));
        }
      }
    }
    found.removeIf(fact -> schema.contains(fact.id()));
    return found;
  }
}
