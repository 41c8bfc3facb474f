package dev.whimbrel;

import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.source.Loaded;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What models say, and what they have no say in: views, triggers, grants, indexes and whole tables
 * that only the revisions made.
 *
 * @param schema the models' schema with what is kept
 * @param beyond tables that the models do not have, and indexes and constraints beyond theirs
 */
record Kept(Schema schema, List<FactId> beyond) {
  private static final Set<Kind> REPORTED =
      EnumSet.of(Kind.TABLE, Kind.INDEX, Kind.UNIQUE, Kind.CHECK, Kind.EXCLUSION, Kind.FOREIGN_KEY);

  /** Nothing is kept of what depends on something that goes. */
  static Kept of(Schema old, Loaded models) {
    Schema wanted = models.schema();
    Set<FactId> kept = new HashSet<>();
    Schema.Builder builder = wanted.toBuilder();
    Map<List<Object>, FactId> fresh = fresh(old, wanted);
    boolean found = true;
    while (found) {
      found = false;
      for (Fact fact : old.facts()) {
        if (!models.owns().test(fact.id())
            && !wanted.contains(fact.id())
            && !kept.contains(fact.id())
            && !fresh.containsKey(place(fact))
            && !isReplaced(fact, wanted)
            && old.dependencies(fact.id()).stream()
                .allMatch(on -> wanted.contains(on) || kept.contains(on))) {
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
            .filter(id -> id.kind() == Kind.TABLE || !kept.contains(id.within(Kind.TABLE, 2)))
            .sorted()
            .toList();
    return kept.isEmpty() ? new Kept(wanted, List.of()) : new Kept(builder.build(), beyond);
  }

  /**
   * What only the models have, by content: the same thing under another name is not beyond them.
   */
  private static Map<List<Object>, FactId> fresh(Schema old, Schema wanted) {
    Map<List<Object>, FactId> fresh = new HashMap<>();
    for (Fact fact : wanted.facts()) {
      if (REPORTED.contains(fact.kind()) && fact.kind() != Kind.TABLE && !old.contains(fact.id())) {
        fresh.put(place(fact), fact.id());
      }
    }
    return fresh;
  }

  private static List<Object> place(Fact fact) {
    List<String> path = fact.id().path();
    return List.of(fact.kind(), path.subList(0, path.size() - 1), fact.content());
  }

  /** A default gives way to an identity of the models. */
  private static boolean isReplaced(Fact fact, Schema wanted) {
    return fact.kind() == Kind.COLUMN_DEFAULT && wanted.contains(fact.id().as(Kind.IDENTITY));
  }
}
