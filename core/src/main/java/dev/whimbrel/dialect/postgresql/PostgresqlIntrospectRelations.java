package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.postgresql.PostgresqlCatalog.Relation;
import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.AccessContent.RowSecurity;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent.Inheritance;
import dev.whimbrel.schema.TableContent.Partition;
import dev.whimbrel.schema.TableContent.ReplicaIdentity;
import dev.whimbrel.schema.TableContent.Sequence;
import dev.whimbrel.schema.TableContent.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Tables without their columns, partitions, inheritance, views and sequences. */
final class PostgresqlIntrospectRelations {
  private static final String RELATIONS =
      """
      select c.oid, n.nspname as schema, c.relname as name, c.relkind as form,
        c.relpersistence = 'u' as unlogged, c.reloptions as options, t.reloptions as toast_options,
        c.relacl::text[] as acl, pg_get_userbyid(c.relowner) as owner, c.relreplident as identity,
        c.relrowsecurity as security, c.relforcerowsecurity as forced, a.amname as method,
        c.reltype as type, y.typarray as array, c.relispartition as partition,
        case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
        case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as key,
        case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as bound,
        s.spcname as tablespace
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_class t on t.oid = c.reltoastrelid
      left join pg_am a on a.oid = c.relam
      left join pg_type y on y.oid = c.reltype
      left join pg_tablespace s on s.oid = c.reltablespace
      where c.relkind in ('r', 'p', 'v', 'm', 'S') and c.relnamespace in ({namespaces})
        and c.relpersistence <> 't' and c.oid >= 16384 and {outside pg_class c.oid}
      """;
  private static final String PARENTS =
      """
      select i.inhrelid as child, i.inhparent as parent, n.nspname as schema, p.relname as name,
        c.relispartition as partition
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid and c.relkind in ('r', 'p')
      join pg_class p on p.oid = i.inhparent
      join pg_namespace n on n.oid = p.relnamespace
      where c.relnamespace in ({namespaces})
      order by i.inhrelid, i.inhseqno
      """;
  private static final String SEQUENCES =
      """
      select s.seqrelid as oid, format_type(s.seqtypid, null) as type, s.seqstart::text as start,
        s.seqincrement::text as increment, s.seqmin::text as min, s.seqmax::text as max,
        s.seqcache::text as cache, s.seqcycle as cycle, c.relpersistence = 'u' as unlogged
      from pg_sequence s
      join pg_class c on c.oid = s.seqrelid
      where c.relnamespace in ({namespaces}) and c.relpersistence <> 't'
      """;

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;
  private final Map<FactId, String> bounds = new HashMap<>();

  PostgresqlIntrospectRelations(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    catalog.each(RELATIONS, this::relation);
    Map<FactId, List<FactId>> parents = new HashMap<>();
    catalog.each(PARENTS, row -> parent(row, parents));
    parents.forEach(
        (child, all) -> catalog.schema().add(child.as(Kind.INHERITANCE), new Inheritance(all)));
    catalog.each(SEQUENCES, this::sequence);
  }

  private void relation(CatalogRow row) throws SQLException {
    char form = row.text("form").charAt(0);
    Kind kind = PostgresqlCatalog.kind(form);
    if (kind == null) {
      return;
    }
    FactId id = FactId.of(kind, row.text("schema"), row.text("name"));
    boolean typed = row.textOrNull("of_type") != null;
    long oid = row.oid("oid");
    catalog.addRelation(oid, new Relation(id, form, row.flag("partition"), typed));
    catalog.address("pg_type", row.oid("type"), id);
    catalog.address("pg_type", row.oid("array"), id);
    if (kind == Kind.TABLE) {
      table(id, row);
    }
    options(id, row);
    acl.owned(id, row);
    acl.grants(
        id,
        kind == Kind.SEQUENCE ? PostgresqlAcl.Target.SEQUENCE : PostgresqlAcl.Target.TABLE,
        row);
    if (row.textOrNull("tablespace") != null) {
      catalog.schema().unmodelled("tablespace " + row.text("tablespace"), id.display());
    }
  }

  private void table(FactId id, CatalogRow row) throws SQLException {
    Content table =
        new Table(
            row.flag("unlogged"),
            row.textOrNull("key"),
            row.textOrNull("of_type"),
            row.textOrNull("method"));
    catalog.schema().add(id, table);
    if (row.flag("security") || row.flag("forced")) {
      catalog
          .schema()
          .add(id.as(Kind.ROW_SECURITY), new RowSecurity(row.flag("security"), row.flag("forced")));
    }
    String identity = row.text("identity");
    if (identity.equals("f") || identity.equals("n")) {
      String mode = identity.equals("f") ? "FULL" : "NOTHING";
      catalog.schema().add(id.as(Kind.REPLICA_IDENTITY), new ReplicaIdentity(mode, null));
    }
    String bound = row.textOrNull("bound");
    if (bound != null) {
      bounds.put(id, bound);
    }
  }

  private void options(FactId id, CatalogRow row) throws SQLException {
    SortedMap<String, String> options = PostgresqlCatalog.options(row.texts("options"), "");
    options.putAll(PostgresqlCatalog.options(row.texts("toast_options"), "toast."));
    if (!options.isEmpty()) {
      catalog.schema().add(FactId.on(Kind.OPTIONS, id), new Content.Options(options));
    }
  }

  private void parent(CatalogRow row, Map<FactId, List<FactId>> parents) throws SQLException {
    Relation child = catalog.relation(row.oid("child"));
    if (child == null) {
      return;
    }
    FactId parent = FactId.of(Kind.TABLE, row.text("schema"), row.text("name"));
    Relation known = catalog.relation(row.oid("parent"));
    if (known != null) {
      child.parents().add(known);
    }
    String bound = bounds.get(child.id());
    if (bound != null) {
      catalog.schema().add(child.id().as(Kind.PARTITION), new Partition(parent, bound));
    } else {
      parents.computeIfAbsent(child.id(), id -> new ArrayList<>()).add(parent);
    }
  }

  private void sequence(CatalogRow row) throws SQLException {
    Relation relation = catalog.relation(row.oid("oid"));
    if (relation != null) {
      Content sequence =
          new Sequence(
              row.text("type"),
              row.text("start"),
              row.text("increment"),
              row.text("min"),
              row.text("max"),
              row.text("cache"),
              row.flag("cycle"),
              row.flag("unlogged"));
      catalog.schema().add(relation.id(), sequence);
    }
  }
}
