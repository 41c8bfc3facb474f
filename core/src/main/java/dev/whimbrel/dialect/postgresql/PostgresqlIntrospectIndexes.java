package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.postgresql.PostgresqlCatalog.Attribute;
import dev.whimbrel.dialect.postgresql.PostgresqlCatalog.Relation;
import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TableContent.Cluster;
import dev.whimbrel.schema.TableContent.Index;
import dev.whimbrel.schema.TableContent.ReplicaIdentity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Indexes, with what a table's settings say about one of them. */
final class PostgresqlIntrospectIndexes {
  private static final String INDEXES =
      """
      select i.indexrelid as oid, i.indrelid as relation, c.relname as name, a.amname as method,
        c.relam as method_oid, i.indisunique as unique_index, i.indisvalid as valid,
        i.indisclustered as clustered, i.indisreplident as identity, i.indkey::text as keys,
        i.indnkeyatts as key_count, i.indoption::text as flags, i.indclass::text as classes,
        i.indcollation::text as collations, c.reloptions as options,
        pg_get_expr(i.indpred, i.indrelid) as predicate,
        case when i.indexprs is not null then (
          select array_agg(pg_get_indexdef(i.indexrelid, k, false) order by k)
          from generate_series(1, i.indnkeyatts) k
        ) end as expressions,
        p.inhparent as parent, pn.nspname as parent_schema, pt.relname as parent_table,
        pc.relname as parent_name, pi.indisvalid as parent_valid, s.spcname as tablespace,
        exists (select from pg_constraint o where o.conindid = i.indexrelid
          and o.contype in ('p', 'u', 'x')) as of_constraint,
        {15+ i.indnullsnotdistinct | false} as nulls_not_distinct
      from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_am a on a.oid = c.relam
      left join pg_tablespace s on s.oid = c.reltablespace
      left join pg_inherits p on p.inhrelid = c.oid
      left join pg_index pi on pi.indexrelid = p.inhparent
      left join pg_class pc on pc.oid = pi.indexrelid
      left join pg_class pt on pt.oid = pi.indrelid
      left join pg_namespace pn on pn.oid = pt.relnamespace
      where c.relnamespace in ({namespaces}) and c.relpersistence <> 't' and c.oid >= 16384
        and {outside pg_class c.oid}
      """;
  private static final String CLASSES =
      """
      select o.oid, o.opcmethod as method, o.opcintype as type, o.opcdefault as standard,
        quote_ident(n.nspname) || '.' || quote_ident(o.opcname) as name
      from pg_opclass o join pg_namespace n on n.oid = o.opcnamespace
      """;
  private static final String COLLATIONS =
      """
      select c.oid, c.oid::regcollation::text as name from pg_collation c
      where c.oid in (
        select unnest(i.indcollation::oid[]) from pg_index i where i.indexrelid >= 16384)
      """;
  private static final String COLUMNS =
      """
      select a.attrelid as index, a.attnum as number, a.attoptions as options,
        coalesce(a.attstattarget, -1) as statistics
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relkind in ('i', 'I') and c.relnamespace in ({namespaces})
        and (a.attoptions is not null or coalesce(a.attstattarget, -1) <> -1)
      """;
  private static final long DEFAULT_COLLATION = 100;

  private final PostgresqlCatalog catalog;
  private final Map<Long, OperatorClass> classes = new HashMap<>();
  private final Map<Long, String> collations = new HashMap<>();
  private final Map<Long, Map<Integer, String>> parameters = new HashMap<>();
  private final Map<Long, SortedMap<String, String>> statistics = new HashMap<>();
  private final Map<Long, Long> parents = new HashMap<>();
  private final List<Long> keysInParts = new ArrayList<>();

  private record OperatorClass(long method, long type, boolean standard, String name) {}

  PostgresqlIntrospectIndexes(PostgresqlCatalog catalog) {
    this.catalog = catalog;
  }

  void read() throws SQLException {
    catalog.each(
        CLASSES,
        row ->
            classes.put(
                row.oid("oid"),
                new OperatorClass(
                    row.oid("method"), row.oid("type"), row.flag("standard"), row.text("name"))));
    catalog.each(COLLATIONS, row -> collations.put(row.oid("oid"), row.text("name")));
    catalog.each(COLUMNS, this::column);
    catalog.each(INDEXES, this::index);
    keysInParts.forEach(this::serve);
  }

  /** An index of the whole stands on the keys that partitions have of their own. */
  private void serve(long key) {
    long whole = key;
    for (Long next = parents.get(key); next != null; next = parents.get(next)) {
      whole = next;
    }
    FactId index = catalog.at("pg_class", whole, 0);
    FactId part = catalog.at("pg_class", key, 0);
    if (index != null && part != null && index.kind() == Kind.INDEX) {
      catalog.schema().depends(index, part);
    }
  }

  private void column(CatalogRow row) throws SQLException {
    List<String> options = row.texts("options");
    if (!options.isEmpty()) {
      String list =
          PostgresqlCatalog.options(options, "").entrySet().stream()
              .map(option -> option.getKey() + "='" + option.getValue().replace("'", "''") + "'")
              .collect(Collectors.joining(", ", "(", ")"));
      parameters
          .computeIfAbsent(row.oid("index"), index -> new HashMap<>())
          .put(row.number("number"), list);
    }
    if (row.number("statistics") != -1) {
      statistics
          .computeIfAbsent(row.oid("index"), index -> new TreeMap<>())
          .put(row.text("number"), row.text("statistics"));
    }
  }

  private void index(CatalogRow row) throws SQLException {
    Relation relation = catalog.relation(row.oid("relation"));
    if (relation == null) {
      return;
    }
    long oid = row.oid("oid");
    FactId id = id(relation.id(), row.text("name"));
    catalog.name("pg_class", oid, 0, id);
    settings(relation, row);
    boolean attached = row.oid("parent") != 0;
    if (attached) {
      parents.put(oid, row.oid("parent"));
    }
    if (row.flag("of_constraint")) {
      if (attached) {
        keysInParts.add(oid);
      }
      return;
    }
    catalog.address("pg_class", oid, id);
    if (attached && row.flag("parent_valid")) {
      FactId parent = catalog.at("pg_class", row.oid("parent"), 0);
      catalog.address("pg_class", oid, parent == null ? id : parent);
      return;
    }
    int count = row.number("key_count");
    int[] keys = row.numbers("keys");
    FactId parent =
        attached
            ? FactId.of(
                Kind.INDEX,
                row.text("parent_schema"),
                row.text("parent_table"),
                row.text("parent_name"))
            : null;
    Index index =
        new Index(
            row.flag("unique_index"),
            row.flag("nulls_not_distinct"),
            row.text("method"),
            keys(relation, row, Arrays.copyOf(keys, count)),
            relation.names(Arrays.copyOfRange(keys, count, keys.length)),
            PostgresqlSpelling.settledOrNull(row.textOrNull("predicate")),
            PostgresqlCatalog.options(row.texts("options"), ""),
            row.flag("valid"),
            parent);
    catalog.schema().add(id, index);
    if (statistics.containsKey(oid)) {
      catalog.schema().add(FactId.on(Kind.OPTIONS, id), new Content.Options(statistics.get(oid)));
    }
  }

  private void settings(Relation relation, CatalogRow row) throws SQLException {
    FactId table = relation.id();
    String name = row.text("name");
    if (row.flag("clustered")) {
      catalog.schema().add(table.as(Kind.CLUSTER), new Cluster(name));
    }
    if (row.flag("identity")) {
      catalog.schema().add(table.as(Kind.REPLICA_IDENTITY), new ReplicaIdentity("INDEX", name));
    }
    if (row.textOrNull("tablespace") != null) {
      catalog
          .schema()
          .unmodelled("tablespace " + row.text("tablespace"), id(table, name).display());
    }
  }

  private List<TableContent.Key> keys(Relation relation, CatalogRow row, int[] columns)
      throws SQLException {
    List<String> expressions = row.texts("expressions");
    int[] flags = row.numbers("flags");
    long[] operators = row.oids("classes");
    long[] collated = row.oids("collations");
    Map<Integer, String> options = parameters.getOrDefault(row.oid("oid"), Map.of());
    List<TableContent.Key> keys = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      Attribute column = relation.attributes().get(columns[i]);
      long standard = column == null ? DEFAULT_COLLATION : column.collation();
      keys.add(
          new TableContent.Key(
              column == null ? null : column.name(),
              column == null ? PostgresqlSpelling.settled(expressions.get(i)) : null,
              collated[i] == 0 || collated[i] == standard ? null : collations.get(collated[i]),
              operatorClass(operators[i], column, options.get(i + 1)),
              (flags[i] & 1) != 0,
              (flags[i] & 2) != 0));
    }
    return keys;
  }

  private @Nullable String operatorClass(
      long oid, @Nullable Attribute column, @Nullable String options) {
    OperatorClass used = classes.get(oid);
    if (used == null) {
      return null;
    }
    if (options != null) {
      return used.name() + " " + options;
    }
    return used.standard() && (column == null || isStandardFor(used, column.type()))
        ? null
        : used.name();
  }

  /** Whether no other operator class is the default for exactly this type. */
  private boolean isStandardFor(OperatorClass used, long type) {
    return used.type() == type
        || classes.values().stream()
            .noneMatch(other ->
                other.standard() && other.method() == used.method() && other.type() == type);
  }

  private static FactId id(FactId relation, String name) {
    return FactId.of(Kind.INDEX, relation.segment(0), relation.segment(1), name);
  }
}
