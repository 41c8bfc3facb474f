package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.ConstraintContent.PrimaryKey;
import dev.whimbrel.schema.ConstraintContent.Unique;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent.Index;
import java.util.List;

/**
 * Unique indexes that become keys of the same name, and keys that become indexes: nothing is built
 * twice, and the rows are protected all the time.
 */
final class PostgresqlIndexKeys {
  private PostgresqlIndexKeys() {}

  /** Whether an index of the first schema goes on as a key. */
  static boolean becomesKey(FactId id, Index index, Out out) {
    return out.from().contains(id)
        && !out.from().contains(FactId.on(Kind.COMMENT, id))
        && !out.from().contains(FactId.on(Kind.OPTIONS, id))
        && List.of(Kind.PRIMARY_KEY, Kind.UNIQUE).stream()
            .map(id::as)
            .filter(key -> !out.from().contains(key))
            .flatMap(key -> out.to().find(key).stream())
            .anyMatch(key -> isSame(id, index, (ConstraintContent) key.content(), out));
  }

  /** Whether a key of the second schema has an index of the first one. */
  static boolean wasIndex(FactId id, ConstraintContent key, Out out) {
    return out.from()
        .find(id.as(Kind.INDEX), Index.class)
        .map(index -> becomesKey(id.as(Kind.INDEX), index, out) && isSame(id, index, key, out))
        .orElse(false);
  }

  /** Whether an index of the second schema takes the place of a key. */
  static boolean replacesKey(FactId id, Index index, Out out) {
    return List.of(Kind.PRIMARY_KEY, Kind.UNIQUE).stream()
        .map(id::as)
        .filter(key -> !out.to().contains(key))
        .flatMap(key -> out.from().find(key).stream())
        .anyMatch(key ->
            !out.from().contains(id)
                && out.situation().isLive(id.within(Kind.TABLE, 2))
                && isFree(id, out)
                && isSame(id, index, (ConstraintContent) key.content(), out));
  }

  /** Whether a key goes only when an index has taken its place. */
  static boolean becomesIndex(FactId id, ConstraintContent key, Out out) {
    return (key instanceof PrimaryKey || key instanceof Unique)
        && out.to()
            .find(id.as(Kind.INDEX), Index.class)
            .map(index -> replacesKey(id.as(Kind.INDEX), index, out))
            .orElse(false);
  }

  /** Whether no foreign key depends on the keys of a table. */
  private static boolean isFree(FactId id, Out out) {
    FactId table = id.within(Kind.TABLE, 2);
    return List.of(out.from(), out.to()).stream()
        .flatMap(schema -> schema.facts(Kind.FOREIGN_KEY).stream())
        .noneMatch(key -> ((ConstraintContent.ForeignKey) key.content()).table().equals(table));
  }

  private static boolean isSame(FactId id, Index index, ConstraintContent content, Out out) {
    boolean plain =
        index.unique()
            && index.valid()
            && index.attachedTo() == null
            && index.method().equals("btree")
            && index.predicate() == null
            && index.keys().stream()
                .allMatch(key ->
                    key.column() != null
                        && key.collation() == null
                        && key.operatorClass() == null
                        && !key.descending()
                        && !key.nullsFirst())
            && !PostgresqlRenderParts.isPartitioned(id, out);
    List<String> columns = index.keys().stream().map(key -> String.valueOf(key.column())).toList();
    return plain
        && switch (content) {
          case PrimaryKey key ->
              !key.withoutOverlaps()
                  && !index.nullsNotDistinct()
                  && key.columns().equals(columns)
                  && key.include().equals(index.include())
                  && key.options().equals(index.options());
          case Unique key ->
              !key.withoutOverlaps()
                  && key.nullsNotDistinct() == index.nullsNotDistinct()
                  && key.columns().equals(columns)
                  && key.include().equals(index.include())
                  && key.options().equals(index.options());
          default -> false;
        };
  }
}
