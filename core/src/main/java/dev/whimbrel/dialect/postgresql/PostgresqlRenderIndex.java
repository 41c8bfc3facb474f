package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.relation;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TableContent.Index;
import java.util.List;

/** Indexes: built beside the users' work where the table has users. */
final class PostgresqlRenderIndex {
  private PostgresqlRenderIndex() {}

  static void create(FactId id, Index index, Out out) {
    FactId table = id.within(Kind.TABLE, 2);
    boolean partitioned = PostgresqlRenderParts.isPartitioned(id, out);
    if (PostgresqlIndexKeys.replacesKey(id, index, out)) {
      replaceKey(id, table, index, out);
    } else if (partitioned && !index.valid()) {
      out.add("%s", text(id.name(), table, index, "", "only "));
    } else if (!isLive(id, out)) {
      out.add("%s", text(id.name(), table, index, "", ""));
    } else if (partitioned) {
      PostgresqlRenderParts.index(id, index, out);
    } else {
      out.alone("%s", text(id.name(), table, index, "concurrently ", ""));
    }
    if (index.attachedTo() != null) {
      FactId parent = index.attachedTo();
      out.add(
          "alter index %s attach partition %s",
          relation(parent.segment(0), parent.name()), relation(id.segment(0), id.name()));
    }
  }

  static void drop(FactId id, Index index, Out out) {
    if (PostgresqlIndexKeys.becomesKey(id, index, out)) {
      return;
    }
    if (isLive(id, out) && !isPartitionedBefore(id, out)) {
      out.alone("drop index concurrently %s", relation(id.segment(0), id.name()));
    } else {
      PostgresqlRenderParts.release(id, out);
      out.add("drop index %s", relation(id.segment(0), id.name()));
      PostgresqlRenderParts.retake(id, out);
    }
  }

  /** A key cannot give its index away: a new one is built before the key goes. */
  private static void replaceKey(FactId id, FactId table, Index index, Out out) {
    String temporary = PostgresqlNames.invent(id.name(), "", "new");
    out.alone("%s", text(temporary, table, index, "concurrently ", ""));
    out.add("alter table %s drop constraint %s", relation(table), quote(id.name()));
    out.add("alter index %s rename to %s", relation(id.segment(0), temporary), quote(id.name()));
  }

  /** A new index takes the place of the old one, which serves until then. */
  static void alter(FactId id, Index before, Index after, Out out) {
    String name = relation(id.segment(0), id.name());
    FactId table = id.within(Kind.TABLE, 2);
    if (PostgresqlDiff.isSameButOptions(before, after)) {
      PostgresqlRenderObject.setOptions("index " + name, before.options(), after.options(), out);
    } else if (isLive(id, out)) {
      String temporary = PostgresqlNames.invent(id.name(), "", "new");
      out.alone("%s", text(temporary, table, after, "concurrently ", ""));
      follow(id, temporary, out);
      out.alone("drop index concurrently %s", name);
      out.add("alter index %s rename to %s", relation(id.segment(0), temporary), quote(id.name()));
    } else {
      out.add("drop index %s", name);
      out.add("%s", text(id.name(), table, after, "", ""));
      follow(id, id.name(), out);
    }
  }

  /** What a table says about an index is said again about the one that takes its place. */
  static void follow(FactId id, String index, Out out) {
    FactId table = id.within(Kind.REPLICA_IDENTITY, 2);
    TableContent.ReplicaIdentity identity = new TableContent.ReplicaIdentity("INDEX", id.name());
    if (isIn(table, identity, out)) {
      out.add("alter table %s replica identity using index %s", relation(table), quote(index));
    }
    if (isIn(table.as(Kind.CLUSTER), new TableContent.Cluster(id.name()), out)) {
      out.add("alter %s cluster on %s", PostgresqlNames.altered(table, out.to()), quote(index));
    }
  }

  /** Whether both schemas say so. */
  private static boolean isIn(FactId id, Content content, Out out) {
    return List.of(out.from(), out.to()).stream()
        .allMatch(
            schema -> schema.find(id).filter(fact -> fact.content().equals(content)).isPresent());
  }

  private static boolean isLive(FactId id, Out out) {
    return out.situation().isLive(id.within(Kind.TABLE, 2))
        || out.situation().isLive(id.within(Kind.MATERIALIZED_VIEW, 2));
  }

  private static boolean isPartitionedBefore(FactId id, Out out) {
    return out.from()
        .find(id.within(Kind.TABLE, 2), TableContent.Table.class)
        .map(table -> table.partitionKey() != null)
        .orElse(false);
  }

  static String text(String name, FactId table, Index index, String concurrently, String only) {
    return "create "
        + (index.unique() ? "unique index " : "index ")
        + concurrently
        + quote(name)
        + " on "
        + only
        + relation(table)
        + (index.method().equals("btree") ? "" : " using " + quote(index.method()))
        + " ("
        + String.join(", ", index.keys().stream().map(PostgresqlRenderIndex::key).toList())
        + ")"
        + PostgresqlRenderConstraint.include(index.include())
        + (index.nullsNotDistinct() ? " nulls not distinct" : "")
        + PostgresqlRenderConstraint.with(index.options())
        + (index.predicate() == null ? "" : " where " + index.predicate());
  }

  private static String key(TableContent.Key key) {
    String what = key.column() == null ? String.valueOf(key.expression()) : quote(key.column());
    return what
        + (key.collation() == null ? "" : " collate " + key.collation())
        + (key.operatorClass() == null
            ? ""
            : " " + key.operatorClass().replaceFirst("^pg_catalog\\.", ""))
        + (key.descending() ? " desc" : "")
        + (key.nullsFirst() == key.descending()
            ? ""
            : key.nullsFirst() ? " nulls first" : " nulls last");
  }
}
