package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.postgresql.PostgresqlCatalog.Relation;
import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What goes across all objects: comments, dependencies, and what the model cannot express. */
final class PostgresqlIntrospectDepends {
  private static final String CATALOGS =
      """
      select c.oid, c.relname as name from pg_class c
      where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r'
      """;
  private static final String COMMENTS =
      """
      select d.classoid as catalog, d.objoid as oid, d.objsubid as number, d.description as text
      from pg_description d
      where (d.objoid >= 16384
          or (d.classoid = 'pg_namespace'::regclass and d.description <> 'standard public schema'))
        and not exists (select from pg_depend x where x.classid = d.classoid
          and x.objid = d.objoid and x.deptype = 'e')
        and not (d.classoid = 'pg_extension'::regclass and exists (
          select from pg_extension e join pg_available_extensions v on v.name = e.extname
          where e.oid = d.objoid and v.comment = d.description))
      """;
  private static final String DEPENDS =
      """
      select d.classid as catalog, d.objid as oid, d.objsubid as number,
        d.refclassid as on_catalog, d.refobjid as on_oid, d.refobjsubid as on_number
      from pg_depend d
      where d.deptype in ('n', 'a', 'i') and d.objid >= 16384 and d.refobjid >= 16384
        and d.refclassid <> 'pg_namespace'::regclass
        and not (d.classid = 'pg_type'::regclass and d.deptype = 'i')
        and not (d.classid = 'pg_class'::regclass and d.objsubid > 0 and d.deptype = 'i')
        and not exists (select from pg_class c where d.classid = 'pg_class'::regclass
          and c.oid = d.objid and c.relispartition and c.relkind in ('i', 'I'))
      """;
  private static final String UNMODELLED =
      """
      select 'text search parser' as kind,
        quote_ident(t.prsnamespace::regnamespace::text) || '.' || t.prsname as name
      from pg_ts_parser t
      where t.prsnamespace in ({namespaces}) and t.oid >= 16384 and {outside pg_ts_parser t.oid}
      union all select 'text search template',
        quote_ident(t.tmplnamespace::regnamespace::text) || '.' || t.tmplname
      from pg_ts_template t
      where t.tmplnamespace in ({namespaces}) and t.oid >= 16384
        and {outside pg_ts_template t.oid}
      union all select 'user mapping', m.srvname || ' for ' || coalesce(m.usename, 'PUBLIC')
      from pg_user_mappings m
      union all select 'foreign table with a parent', c.oid::regclass::text
      from pg_class c
      where c.relkind = 'f' and c.relnamespace in ({namespaces}) and {outside pg_class c.oid}
        and exists (select from pg_inherits i where i.inhrelid = c.oid)
      union all select 'language', l.lanname
      from pg_language l where l.oid >= 16384 and {outside pg_language l.oid}
      union all select 'transform', pg_describe_object('pg_transform'::regclass, t.oid, 0)
      from pg_transform t where t.oid >= 16384 and {outside pg_transform t.oid}
      union all select 'subscription', s.subname
      from pg_subscription s join pg_database d on d.oid = s.subdbid
      where d.datname = current_database()
      union all select 'base type', t.oid::regtype::text
      from pg_type t
      where t.typtype in ('b', 'p') and t.typelem = 0 and t.oid >= 16384
        and t.typnamespace in ({namespaces}) and {outside pg_type t.oid}
      union all select 'security label', l.objtype || ' ' || l.objname
      from pg_seclabels l
      where l.objtype not in ('role', 'database', 'tablespace')
      """;

  private final PostgresqlCatalog catalog;
  private final Map<Long, String> catalogs = new HashMap<>();

  PostgresqlIntrospectDepends(PostgresqlCatalog catalog) {
    this.catalog = catalog;
  }

  void read() throws SQLException {
    catalog.each(CATALOGS, row -> catalogs.put(row.oid("oid"), row.text("name")));
    catalog.each(COMMENTS, this::comment);
    catalog.each(DEPENDS, this::depend);
    catalog.each(
        UNMODELLED, row -> catalog.schema().unmodelled(row.text("kind"), row.text("name")));
  }

  private void comment(CatalogRow row) throws SQLException {
    String table = catalogs.getOrDefault(row.oid("catalog"), "");
    FactId on = catalog.nameAt(table, row.oid("oid"), row.number("number"));
    if (on != null) {
      catalog.schema().add(FactId.on(Kind.COMMENT, on), new Content.Comment(row.text("text")));
    }
  }

  private void depend(CatalogRow row) throws SQLException {
    FactId id =
        catalog.at(
            catalogs.getOrDefault(row.oid("catalog"), ""), row.oid("oid"), row.number("number"));
    if (id == null || (id.kind() == Kind.SEQUENCE && row.number("on_number") > 0)) {
      return;
    }
    String table = catalogs.getOrDefault(row.oid("on_catalog"), "");
    FactId on = catalog.at(table, row.oid("on_oid"), row.number("on_number"));
    if (on == null || (id.kind() == Kind.TABLE && on.kind() == Kind.TABLE)) {
      return; // a parent is named by the partition or inheritance
    }
    if (id.kind() == Kind.DOMAIN && (on.kind() == Kind.ROUTINE || on.kind() == Kind.SEQUENCE)) {
      id = id.as(Kind.DOMAIN_DEFAULT);
    }
    catalog.schema().depends(id, on);
    Relation relation = table.equals("pg_class") ? catalog.relation(row.oid("on_oid")) : null;
    if (relation != null) {
      catalog.schema().depends(id, relation.id());
    }
  }
}
