package dev.whimbrel;

import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.source.Loaded;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What models say, fitted to what is there: where an entity maps a view that a revision made, there
 * is no table to create; and no entity can say that its table is partitioned or unlogged.
 *
 * @param schema without the tables that are views
 * @param owns what the models decide about, none of these views included
 */
record Fitted(Schema schema, Predicate<FactId> owns) {

  static Fitted of(Schema old, Loaded models) {
    Set<FactId> views = views(old, models.schema());
    Schema schema = views.isEmpty() ? models.schema() : without(models.schema(), views);
    return new Fitted(
        withOldStorage(old, schema, models.owns()),
        id -> !isIn(id, views) && !views.contains(id.as(Kind.TABLE)) && models.owns().test(id));
  }

  private static Set<FactId> views(Schema old, Schema models) {
    Set<FactId> views = new HashSet<>();
    for (Fact table : models.facts(Kind.TABLE)) {
      if (old.contains(table.id().as(Kind.VIEW))
          || old.contains(table.id().as(Kind.MATERIALIZED_VIEW))) {
        views.add(table.id());
      }
    }
    return views;
  }

  private static boolean isIn(FactId id, Set<FactId> views) {
    return id.enclosing().stream().anyMatch(views::contains);
  }

  /** Without the tables, what is in them, and what refers to them. */
  private static Schema without(Schema schema, Set<FactId> tables) {
    Set<FactId> gone = new HashSet<>(tables);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Fact fact : schema.facts()) {
        boolean goes =
            isIn(fact.id(), gone)
                || schema.dependencies(fact.id()).stream().anyMatch(gone::contains);
        grew |= goes && gone.add(fact.id());
      }
    }
    return schema.filter(fact -> !gone.contains(fact.id()));
  }

  private static Schema withOldStorage(Schema old, Schema models, Predicate<FactId> owns) {
    Schema.Builder builder = models.toBuilder();
    for (Fact table : models.facts(Kind.TABLE)) {
      if (!owns.test(FactId.on(Kind.COMMENT, table.id()))) {
        old.find(table.id(), TableContent.Table.class)
            .filter(before -> !before.equals(table.content()))
            .ifPresent(before -> keepStorage(builder, old, table.id(), before));
      }
    }
    return builder.build();
  }

  /** A partitioned table needs its partition key in its primary key, which entities leave out. */
  private static void keepStorage(
      Schema.Builder builder, Schema old, FactId table, TableContent.Table before) {
    builder.remove(table).add(table, before);
    if (before.partitionKey() != null) {
      for (Fact key : old.within(table, Kind.PRIMARY_KEY)) {
        builder.remove(key.id()).add(key);
      }
    }
  }
}
