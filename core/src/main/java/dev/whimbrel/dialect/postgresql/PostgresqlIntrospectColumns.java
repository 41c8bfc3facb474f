package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.postgresql.PostgresqlCatalog.Attribute;
import dev.whimbrel.dialect.postgresql.PostgresqlCatalog.Relation;
import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.CodeContent.MaterializedView;
import dev.whimbrel.schema.CodeContent.View;
import dev.whimbrel.schema.CodeContent.ViewColumn;
import dev.whimbrel.schema.ConstraintContent.NotNull;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.InventedName;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent.Column;
import dev.whimbrel.schema.TableContent.ColumnDefault;
import dev.whimbrel.schema.TableContent.ColumnSetting;
import dev.whimbrel.schema.TableContent.Identity;
import dev.whimbrel.schema.TableContent.Sequence;
import dev.whimbrel.schema.TableContent.SequenceOwner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Columns with what is said of them one by one, and the queries of views, which have columns too.
 */
final class PostgresqlIntrospectColumns {
  private static final String COLUMNS =
      """
      select a.attrelid as relation, a.attnum as number, a.attname as name, a.atttypid as type_oid,
        format_type(a.atttypid, a.atttypmod) as type, a.attcollation as collation_oid,
        case when a.attcollation <> t.typcollation
          then a.attcollation::regcollation::text end as collation,
        a.attnotnull as not_null, a.attidentity as identity, a.attgenerated as generated,
        a.attinhcount as parents, a.attislocal as local, d.oid as default_oid,
        pg_get_expr(d.adbin, d.adrelid) as expression,
        case when a.attstorage <> t.typstorage then a.attstorage end as storage,
        a.attcompression as compression, a.attstattarget as statistics, a.attoptions as options,
        a.attacl::text[] as acl, pg_get_userbyid(c.relowner) as owner
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid
      join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace in ({namespaces})
        and c.relpersistence <> 't' and a.attnum > 0 and not a.attisdropped
      """;
  private static final String QUERIES =
      """
      select c.oid, pg_get_viewdef(c.oid) as definition, a.amname as method, r.oid as rule
      from pg_class c
      left join pg_am a on a.oid = c.relam
      left join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
      where c.relkind in ('v', 'm') and c.relnamespace in ({namespaces}) and c.oid >= 16384
        and c.relpersistence <> 't' and {outside pg_class c.oid}
      """;
  private static final String OWNED =
      """
      select d.objid as sequence, d.refobjid as relation, d.refobjsubid as number,
        d.deptype = 'i' as identity
      from pg_depend d
      join pg_class s on s.oid = d.objid and s.relkind = 'S'
      where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
        and d.deptype in ('a', 'i') and d.refobjsubid > 0 and s.relnamespace in ({namespaces})
      """;
  private static final String NOT_NULLS =
      """
      select c.oid, c.conrelid as relation, c.conkey[1] as number, c.conname as name,
        c.connoinherit as no_inherit, c.convalidated as validated, c.coninhcount as parents
      from pg_constraint c
      where c.contype = 'n' and c.conrelid <> 0 and c.connamespace in ({namespaces})
      """;

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;
  private final Map<FactId, SortedMap<Integer, ViewColumn>> viewColumns = new HashMap<>();
  private final Map<FactId, Boolean> identities = new HashMap<>();

  PostgresqlIntrospectColumns(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    catalog.each(COLUMNS, this::column);
    catalog.each(QUERIES, this::query);
    catalog.each(OWNED, this::owned);
    if (catalog.has(18)) {
      catalog.each(NOT_NULLS, this::notNull);
    }
    catalog.relations().forEach(this::columns);
  }

  private void column(CatalogRow row) throws SQLException {
    Relation relation = catalog.relation(row.oid("relation"));
    if (relation == null) {
      return;
    }
    Attribute attribute = attribute(relation, row);
    int number = row.number("number");
    relation.attributes().put(number, attribute);
    FactId id = id(relation, attribute.name());
    if (relation.isTable()) {
      catalog.name("pg_class", row.oid("relation"), number, id);
      table(id, attribute, row);
    } else {
      ViewColumn column =
          new ViewColumn(attribute.name(), row.text("type"), row.textOrNull("collation"));
      viewColumns.computeIfAbsent(relation.id(), key -> new TreeMap<>()).put(number, column);
      catalog.name("pg_class", row.oid("relation"), number, id);
    }
    if (row.oid("default_oid") != 0) {
      boolean generated = !row.text("generated").isEmpty();
      FactId of = generated ? id : id.as(Kind.COLUMN_DEFAULT);
      catalog.address("pg_attrdef", row.oid("default_oid"), of);
    }
    acl.grants(id, PostgresqlAcl.Target.COLUMN, row);
  }

  private static Attribute attribute(Relation relation, CatalogRow row) throws SQLException {
    boolean inherited =
        relation.typed() || (relation.partition() ? row.number("parents") > 0 : !row.flag("local"));
    return new Attribute(
        row.text("name"),
        row.oid("type_oid"),
        row.oid("collation_oid"),
        !inherited,
        row.flag("not_null"),
        row.text("generated").isEmpty()
            ? PostgresqlSpelling.settledOrNull(row.textOrNull("expression"))
            : null,
        row.text("generated").isEmpty() ? null : row.textOrNull("expression"),
        settings(row));
  }

  private static Map<String, String> settings(CatalogRow row) throws SQLException {
    Map<String, String> settings = new TreeMap<>();
    String storage = row.textOrNull("storage");
    if (storage != null) {
      settings.put(
          "storage",
          switch (storage) {
            case "p" -> "plain";
            case "e" -> "external";
            case "m" -> "main";
            default -> "extended";
          });
    }
    String compression = row.text("compression");
    if (!compression.isEmpty()) {
      settings.put("compression", compression.equals("l") ? "lz4" : "pglz");
    }
    String statistics = row.textOrNull("statistics");
    if (statistics != null && !statistics.equals("-1")) {
      settings.put("statistics", statistics);
    }
    settings.putAll(PostgresqlCatalog.options(row.texts("options"), ""));
    return settings;
  }

  private void table(FactId id, Attribute attribute, CatalogRow row) throws SQLException {
    if (!attribute.own()) {
      return;
    }
    String generated = row.text("generated");
    Column column =
        new Column(
            row.text("type"),
            row.textOrNull("collation"),
            generated.isEmpty() ? null : PostgresqlSpelling.settled(row.text("expression")),
            generated.equals("v"));
    int number = row.number("number");
    catalog.schema().add(id, column, number);
    catalog.address("pg_class", row.oid("relation"), number, id);
    String identity = row.text("identity");
    if (!identity.isEmpty()) {
      identities.put(id, identity.equals("a"));
    }
  }

  private void columns(long oid, Relation relation) {
    relation
        .attributes()
        .forEach((number, attribute) -> {
          facts(relation, attribute);
          FactId origin = attribute.own() ? null : origin(relation, attribute.name());
          if (origin != null) {
            catalog.address("pg_class", oid, number, origin);
          }
        });
  }

  /** The column that an inherited one goes back to. */
  private static @Nullable FactId origin(Relation relation, String name) {
    for (Relation parent : relation.parents()) {
      Attribute found = parent.attribute(name);
      if (found != null) {
        return found.own() ? id(parent, name) : origin(parent, name);
      }
    }
    return null;
  }

  /** What is said of a column by itself; what an inherited one only repeats is left out. */
  private void facts(Relation relation, Attribute attribute) {
    FactId id = id(relation, attribute.name());
    Attribute parent = parent(relation, attribute);
    String expression = attribute.defaultExpression();
    String inherited = parent == null ? null : parent.defaultExpression();
    if (expression != null && !expression.equals(inherited)) {
      catalog.schema().add(id.as(Kind.COLUMN_DEFAULT), new ColumnDefault(expression));
    } else if (expression == null && inherited != null) {
      catalog.schema().add(id.as(Kind.COLUMN_DEFAULT), new ColumnDefault("NULL"));
    }
    if (parent != null && !Objects.equals(attribute.generated(), parent.generated())) {
      catalog.schema().unmodelled("generated expression of an inherited column", id.display());
    }
    attribute
        .settings()
        .forEach((name, value) -> {
          if (parent == null || !value.equals(parent.settings().get(name))) {
            setting(id, name, value);
          }
        });
    boolean plainNotNull = relation.isTable() && attribute.notNull() && !catalog.has(18);
    if (plainNotNull && (parent == null || !parent.notNull())) {
      catalog.schema().add(id.as(Kind.NOT_NULL), new NotNull(null, false, true));
    }
  }

  private void setting(FactId column, String name, String value) {
    List<String> path = new ArrayList<>(column.path());
    path.add(name);
    catalog.schema().add(new FactId(Kind.COLUMN_SETTING, path), new ColumnSetting(value));
  }

  /** The column that this one was inherited from, or merged with. */
  private static @Nullable Attribute parent(Relation relation, Attribute attribute) {
    for (Relation parent : relation.parents()) {
      Attribute found = parent.attribute(attribute.name());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private void query(CatalogRow row) throws SQLException {
    Relation relation = catalog.relation(row.oid("oid"));
    if (relation == null) {
      return;
    }
    String text = PostgresqlSpelling.settledQuery(row.text("definition").strip());
    String query = text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    List<ViewColumn> columns =
        List.copyOf(viewColumns.getOrDefault(relation.id(), new TreeMap<>()).values());
    Content content =
        relation.form() == 'v'
            ? new View(query, columns)
            : new MaterializedView(query, columns, row.textOrNull("method"));
    catalog.schema().add(relation.id(), content);
    if (row.oid("rule") != 0) {
      catalog.address("pg_rewrite", row.oid("rule"), relation.id());
    }
  }

  private void owned(CatalogRow row) throws SQLException {
    Relation sequence = catalog.relation(row.oid("sequence"));
    Relation owner = catalog.relation(row.oid("relation"));
    if (sequence == null || owner == null) {
      return;
    }
    String name = owner.names(new int[] {row.number("number")}).getFirst();
    FactId column = id(owner, name);
    if (!row.flag("identity")) {
      catalog.schema().add(sequence.id().as(Kind.SEQUENCE_OWNER), new SequenceOwner(column));
      return;
    }
    Sequence content = (Sequence) catalog.schema().removed(sequence.id());
    catalog.address("pg_class", row.oid("sequence"), column);
    Boolean always = identities.get(column);
    if (always != null) {
      String invented = InventedName.sequence(owner.id().name(), name);
      boolean plain =
          InventedName.isNumbered(sequence.id().name(), invented)
              && sequence.id().segment(0).equals(owner.id().segment(0));
      catalog
          .schema()
          .add(
              column.as(Kind.IDENTITY),
              new Identity(always, plain ? null : sequence.id().path(), content));
    }
  }

  private void notNull(CatalogRow row) throws SQLException {
    Relation relation = catalog.relation(row.oid("relation"));
    if (relation == null) {
      return;
    }
    String column = relation.names(new int[] {row.number("number")}).getFirst();
    FactId id = id(relation, column).as(Kind.NOT_NULL);
    catalog.address("pg_constraint", row.oid("oid"), id);
    if (row.number("parents") > 0) {
      return;
    }
    String name = row.text("name");
    NotNull content =
        new NotNull(
            isInvented(name, relation.id().name(), column) ? null : name,
            row.flag("no_inherit"),
            row.flag("validated"));
    catalog.schema().add(id, content);
  }

  /** What had another name, or a parent, keeps the name that was invented then. */
  private static boolean isInvented(String name, String table, String column) {
    return InventedName.isNumbered(name, InventedName.notNull(table, column))
        || name.endsWith("_" + column + "_not_null")
        || (name.startsWith(table + "_") && name.endsWith("_not_null"));
  }

  private static FactId id(Relation relation, String column) {
    return FactId.of(Kind.COLUMN, relation.id().segment(0), relation.id().segment(1), column);
  }
}
