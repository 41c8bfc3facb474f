package dev.whimbrel;

import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.source.Loaded;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What models say, and what they have no say in: views, triggers, grants, indexes and whole tables
 * that only the revisions made.
 *
 * @param schema the models' schema with what is kept
 * @param beyond tables, sequences and types that the models do not have, and indexes and
 *     constraints beyond theirs
 */
record Kept(Schema schema, List<FactId> beyond) {
  private static final Set<Kind> REPORTED =
      EnumSet.of(
          Kind.TABLE,
          Kind.SEQUENCE,
          Kind.ENUM,
          Kind.INDEX,
          Kind.UNIQUE,
          Kind.CHECK,
          Kind.EXCLUSION,
          Kind.FOREIGN_KEY);
  private static final Set<Kind> NAMED_BY_TABLE =
      EnumSet.of(Kind.INDEX, Kind.UNIQUE, Kind.CHECK, Kind.EXCLUSION, Kind.FOREIGN_KEY);

  /**
   * Nothing is kept of what depends on something that goes.
   *
   * @param dropped what shall go, whoever owns it, with all that is in it
   */
  static Kept of(Schema old, Loaded models, Set<FactId> dropped) {
    Fitted fitted = Fitted.of(old, models);
    Schema wanted = fitted.schema();
    Set<FactId> kept = new HashSet<>();
    Schema.Builder builder = wanted.toBuilder();
    Map<List<Object>, FactId> fresh = fresh(old, wanted);
    boolean found = true;
    while (found) {
      found = false;
      for (Fact fact : old.facts()) {
        if (!fitted.owns().test(fact.id())
            && !isDropped(fact.id(), dropped)
            && !wanted.contains(fact.id())
            && !kept.contains(fact.id())
            && !fresh.containsKey(place(fact))
            && !isReplaced(fact, old, wanted)
            && standsOn(fact.id(), old).allMatch(on -> wanted.contains(on) || kept.contains(on))) {
          kept.add(fact.id());
          builder.add(fact);
          old.dependencies(fact.id()).forEach(on -> builder.depends(fact.id(), on));
          found = true;
        }
      }
    }
    List<FactId> beyond =
        kept.stream()
            .filter(id -> REPORTED.contains(id.kind()))
            .filter(id -> !old.contains(id.as(Kind.SEQUENCE_OWNER)))
            .filter(id ->
                !NAMED_BY_TABLE.contains(id.kind()) || !kept.contains(id.within(Kind.TABLE, 2)))
            .sorted()
            .toList();
    return kept.isEmpty() ? new Kept(wanted, List.of()) : new Kept(builder.build(), beyond);
  }

  private static boolean isDropped(FactId id, Set<FactId> dropped) {
    return dropped.contains(id) || id.enclosing().stream().anyMatch(dropped::contains);
  }

  /** A sequence of a column goes with the column. */
  private static Stream<FactId> standsOn(FactId id, Schema old) {
    Stream<FactId> owner =
        id.kind() == Kind.SEQUENCE
            ? old
                .find(id.as(Kind.SEQUENCE_OWNER), TableContent.SequenceOwner.class)
                .map(TableContent.SequenceOwner::column)
                .stream()
            : Stream.of();
    return Stream.concat(owner, old.dependencies(id).stream());
  }

  /**
   * What only the models have, by content: the same thing under another name is not beyond them.
   */
  private static Map<List<Object>, FactId> fresh(Schema old, Schema wanted) {
    Map<List<Object>, FactId> fresh = new HashMap<>();
    for (Fact fact : wanted.facts()) {
      if (NAMED_BY_TABLE.contains(fact.kind()) && !old.contains(fact.id())) {
        fresh.put(place(fact), fact.id());
      }
    }
    return fresh;
  }

  private static List<Object> place(Fact fact) {
    List<String> path = fact.id().path();
    return List.of(fact.kind(), path.subList(0, path.size() - 1), fact.content());
  }

  /**
   * A default gives way to an identity of the models, and the unnamed check of an enum to another
   * type of its column.
   */
  private static boolean isReplaced(Fact fact, Schema old, Schema wanted) {
    if (fact.kind() == Kind.CHECK) {
      FactId table = fact.id().within(Kind.TABLE, 2);
      return old.columns(table).stream()
          .filter(
              column -> fact.id().name().equals(table.name() + "_" + column.id().name() + "_check"))
          .anyMatch(column ->
              wanted.contains(column.id())
                  && !wanted.find(column.id()).equals(Optional.of(column)));
    }
    return fact.kind() == Kind.COLUMN_DEFAULT && wanted.contains(fact.id().as(Kind.IDENTITY));
  }
}
