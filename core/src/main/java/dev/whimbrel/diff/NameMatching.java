package dev.whimbrel.diff;

import dev.whimbrel.change.Change;
import dev.whimbrel.diff.DiffStrategy.Sides;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Constraints and indexes that differ in nothing but their names. Where both names were invented
 * they are the same thing, and the second schema takes the first one's name; else it is a rename.
 *
 * @param silent the names that the second schema takes, by its own
 */
record NameMatching(Sides sides, List<Change.Rename> renames, Map<FactId, FactId> silent) {
  private static final Set<Kind> MATCHED =
      EnumSet.of(
          Kind.PRIMARY_KEY,
          Kind.UNIQUE,
          Kind.CHECK,
          Kind.EXCLUSION,
          Kind.FOREIGN_KEY,
          Kind.INDEX,
          Kind.DOMAIN_CHECK);

  private record Shape(FactId owner, Content content) {}

  static NameMatching of(Sides sides, DiffStrategy strategy) {
    Map<FactId, FactId> silent = new HashMap<>();
    Map<FactId, FactId> named = new TreeMap<>();
    for (Kind kind : MATCHED) {
      match(kind, sides, strategy, silent, named);
    }
    List<Change.Rename> renames = new ArrayList<>();
    named.forEach(
        (from, to) -> renames.add(new Change.Rename(sides.from().find(from).orElseThrow(), to)));
    return new NameMatching(
        new Sides(renamed(sides.from(), named), renamed(sides.to(), silent)), renames, silent);
  }

  private static void match(
      Kind kind,
      Sides sides,
      DiffStrategy strategy,
      Map<FactId, FactId> silent,
      Map<FactId, FactId> named) {
    Map<Shape, Deque<Fact>> waiting = only(sides.to(), sides.from(), kind);
    if (waiting.isEmpty()) {
      return;
    }
    for (Collection<Fact> alike : only(sides.from(), sides.to(), kind).values()) {
      for (Fact before : alike) {
        @Nullable Deque<Fact> afters = waiting.get(shape(before));
        if (afters == null || afters.isEmpty()) {
          continue;
        }
        Fact after = afters.removeFirst();
        if (strategy.isInvented(before) && strategy.isInvented(after)) {
          silent.put(after.id(), before.id());
        } else {
          named.put(before.id(), after.id());
        }
      }
    }
  }

  /** The facts that the other schema lacks, on a table or domain that both have. */
  private static Map<Shape, Deque<Fact>> only(Schema one, Schema other, Kind kind) {
    Map<Shape, Deque<Fact>> found = new HashMap<>();
    for (Fact fact : one.facts(kind)) {
      if (!other.contains(fact.id())
          && fact.id().enclosing().stream().anyMatch(each -> isOwner(each, other))) {
        found.computeIfAbsent(shape(fact), key -> new ArrayDeque<>()).add(fact);
      }
    }
    return found;
  }

  private static boolean isOwner(FactId id, Schema schema) {
    return id.kind() != Kind.NAMESPACE && schema.contains(id);
  }

  private static Shape shape(Fact fact) {
    return new Shape(fact.id().withName(""), fact.content());
  }

  /** The schema with other names for some of its facts. */
  static Schema renamed(Schema schema, Map<FactId, FactId> names) {
    if (names.isEmpty()) {
      return schema;
    }
    Schema.Builder builder = Schema.builder();
    for (Fact fact : schema.facts()) {
      FactId id = renamed(fact.id(), names);
      if (fact.content() instanceof TableContent.Column column) {
        builder.add(id, column, schema.position(fact.id()));
      } else {
        builder.add(id, renamed(fact, names));
      }
      schema.dependencies(fact.id()).forEach(on -> builder.depends(id, renamed(on, names)));
    }
    schema.unmodelled().forEach(each -> builder.unmodelled(each.kind(), each.name()));
    return builder.build();
  }

  private static FactId renamed(FactId id, Map<FactId, FactId> names) {
    @Nullable FactId name = names.get(id);
    if (name != null) {
      return name;
    }
    if (!id.kind().isAttached()) {
      return id;
    }
    FactId target = id.target();
    @Nullable FactId other = names.get(target);
    return other == null
        ? id
        : FactId.on(
            id.kind(),
            other,
            id.path().subList(target.path().size() + 1, id.path().size()).toArray(String[]::new));
  }

  /** The content with the other names in it, where a content names an index. */
  private static Content renamed(Fact fact, Map<FactId, FactId> names) {
    return switch (fact.content()) {
      case TableContent.Cluster cluster ->
          new TableContent.Cluster(indexName(fact.id(), cluster.index(), names));
      case TableContent.ReplicaIdentity identity ->
          identity.index() == null
              ? identity
              : new TableContent.ReplicaIdentity(
                  identity.mode(), indexName(fact.id(), identity.index(), names));
      default -> fact.content();
    };
  }

  private static String indexName(FactId table, String index, Map<FactId, FactId> names) {
    List<String> path = List.of(table.segment(0), table.segment(1), index);
    for (Kind kind : List.of(Kind.INDEX, Kind.PRIMARY_KEY, Kind.UNIQUE, Kind.EXCLUSION)) {
      @Nullable FactId name = names.get(new FactId(kind, path));
      if (name != null) {
        return name.name();
      }
    }
    return index;
  }
}
