package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Schemas, extensions with their members, and collations. */
final class PostgresqlIntrospectNamespaces {
  private static final String NAMESPACES =
      """
      select n.oid, n.nspname as name, n.nspacl::text[] as acl, pg_get_userbyid(n.nspowner) as owner,
        {outside pg_namespace n.oid} as own
      from pg_namespace n
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      """;
  private static final String EXTENSIONS =
      """
      select e.oid, e.extname as name, n.nspname as schema,
        nullif(e.extversion, v.default_version) as version, pg_get_userbyid(e.extowner) as owner
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      left join pg_available_extensions v on v.name = e.extname
      """;
  private static final String MEMBERS =
      """
      select d.refobjid as extension, c.relname as catalog, d.objid as oid, t.typarray as array,
        t.typrelid as relation
      from pg_depend d join pg_class c on c.oid = d.classid
      left join pg_type t on t.oid = d.objid and c.relname = 'pg_type'
      where d.deptype = 'e' and d.refclassid = 'pg_extension'::regclass
      """;
  private static final String COLLATIONS =
      """
      select c.oid, n.nspname as schema, c.collname as name, c.collprovider as provider,
        c.collisdeterministic as deterministic, c.collcollate as lc_collate,
        c.collctype as lc_ctype,
        {17+ c.colllocale | {15+ c.colliculocale | null}} as locale,
        {16+ c.collicurules | null} as rules, pg_get_userbyid(c.collowner) as owner
      from pg_collation c join pg_namespace n on n.oid = c.collnamespace
      where c.collnamespace in ({namespaces}) and c.oid >= 16384 and {outside pg_collation c.oid}
      """;

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;

  PostgresqlIntrospectNamespaces(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    catalog.each(NAMESPACES, this::namespace);
    catalog.each(EXTENSIONS, this::extension);
    catalog.each(MEMBERS, this::member);
    catalog.each(COLLATIONS, this::collation);
  }

  private void namespace(CatalogRow row) throws SQLException {
    String name = row.text("name");
    if (!catalog.options().reads(name)) {
      return;
    }
    catalog.addNamespace(row.oid("oid"), name);
    if (row.flag("own")) {
      FactId id = FactId.of(Kind.NAMESPACE, name);
      catalog.add("pg_namespace", row.oid("oid"), id, new Content.Namespace());
      acl.owned(id, row);
      acl.grants(id, PostgresqlAcl.Target.SCHEMA, row);
    }
  }

  private void extension(CatalogRow row) throws SQLException {
    String name = row.text("name");
    FactId id = FactId.of(Kind.EXTENSION, name);
    if (row.oid("oid") >= PostgresqlCatalog.FIRST_USER_OID
        && !catalog.options().outside().hasExtension(name)) {
      Content content = new Content.Extension(row.text("schema"), row.textOrNull("version"));
      catalog.add("pg_extension", row.oid("oid"), id, content);
      acl.owned(id, row);
    }
  }

  private void member(CatalogRow row) throws SQLException {
    FactId extension = catalog.at("pg_extension", row.oid("extension"), 0);
    if (extension == null) {
      return;
    }
    catalog.address(row.text("catalog"), row.oid("oid"), extension);
    if (row.oid("array") != 0) {
      catalog.address("pg_type", row.oid("array"), extension);
    }
    if (row.oid("relation") != 0) {
      catalog.address("pg_class", row.oid("relation"), extension);
    }
  }

  private void collation(CatalogRow row) throws SQLException {
    SortedMap<String, String> options = new TreeMap<>();
    options.put("provider", provider(row.text("provider").charAt(0)));
    if (!row.flag("deterministic")) {
      options.put("deterministic", "false");
    }
    for (String option : new String[] {"lc_collate", "lc_ctype", "locale", "rules"}) {
      String value = row.textOrNull(option);
      if (value != null) {
        options.put(option, value);
      }
    }
    if (row.text("provider").equals("i") && !options.containsKey("locale")) {
      options.put("locale", options.getOrDefault("lc_collate", ""));
      options.remove("lc_collate");
      options.remove("lc_ctype");
    }
    FactId id = FactId.of(Kind.COLLATION, row.text("schema"), row.text("name"));
    catalog.add("pg_collation", row.oid("oid"), id, new Content.Collation(options));
    acl.owned(id, row);
  }

  private static String provider(char code) {
    return switch (code) {
      case 'i' -> "icu";
      case 'b' -> "builtin";
      default -> "libc";
    };
  }
}
