package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Publications with their tables and schemas. */
final class PostgresqlIntrospectPublications {
  private static final String PUBLICATIONS =
      """
      select p.oid, p.pubname as name, p.puballtables as all_tables, p.pubinsert as insert,
        p.pubupdate as update, p.pubdelete as delete, p.pubtruncate as truncate,
        p.pubviaroot as via_root, pg_get_userbyid(p.pubowner) as owner,
        {18+ case p.pubgencols when 's' then 'stored' else 'none' end | 'none'} as generated
      from pg_publication p where {outside pg_publication p.oid}
      """;
  private static final String TABLES =
      """
      select r.oid, r.prpubid as publication, n.nspname as schema, c.relname as name,
        {15+ (
          select array_agg(a.attname::text order by a.attname)
          from unnest(r.prattrs::int2[]) u
          join pg_attribute a on a.attrelid = r.prrelid and a.attnum = u
        ) | null::text[]} as columns,
        {15+ pg_get_expr(r.prqual, r.prrelid) | null} as row_filter
      from pg_publication_rel r
      join pg_class c on c.oid = r.prrelid
      join pg_namespace n on n.oid = c.relnamespace
      """;
  private static final String SCHEMAS =
      """
      select s.oid, s.pnpubid as publication, n.nspname as schema
      from pg_publication_namespace s join pg_namespace n on n.oid = s.pnnspid
      """;

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;

  PostgresqlIntrospectPublications(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    catalog.each(PUBLICATIONS, this::publication);
    catalog.each(TABLES, this::table);
    if (catalog.has(15)) {
      catalog.each(SCHEMAS, this::schema);
    }
  }

  private void publication(CatalogRow row) throws SQLException {
    String name = row.text("name");
    if (catalog.options().outside().hasPublication(name)) {
      return;
    }
    FactId id = FactId.of(Kind.PUBLICATION, name);
    List<String> operations = new ArrayList<>();
    for (String operation : List.of("insert", "update", "delete", "truncate")) {
      if (row.flag(operation)) {
        operations.add(operation);
      }
    }
    Content content =
        new Content.Publication(
            row.flag("all_tables"), operations, row.flag("via_root"), row.text("generated"));
    catalog.add("pg_publication", row.oid("oid"), id, content);
    acl.owned(id, row);
  }

  private void table(CatalogRow row) throws SQLException {
    FactId publication = catalog.at("pg_publication", row.oid("publication"), 0);
    if (publication != null) {
      FactId id =
          FactId.of(
              Kind.PUBLICATION_TABLE, publication.name(), row.text("schema"), row.text("name"));
      Content content =
          new Content.PublicationTable(
              row.texts("columns"), PostgresqlSpelling.settledOrNull(row.textOrNull("row_filter")));
      catalog.add("pg_publication_rel", row.oid("oid"), id, content);
    }
  }

  private void schema(CatalogRow row) throws SQLException {
    FactId publication = catalog.at("pg_publication", row.oid("publication"), 0);
    if (publication != null) {
      FactId id = FactId.of(Kind.PUBLICATION_SCHEMA, publication.name(), row.text("schema"));
      catalog.add("pg_publication_namespace", row.oid("oid"), id, new Content.PublicationSchema());
    }
  }
}
