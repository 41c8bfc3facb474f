package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Contents;
import dev.whimbrel.dialect.Trace;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Outside;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the catalog; members of extensions and what platforms manage are not the user's. */
final class PostgresqlContents implements Contents {
  /** Roles by which platforms own their schemas. */
  private static final String PLATFORM_OWNERS =
      "'supabase_admin', 'supabase_auth_admin', 'supabase_storage_admin',"
          + " 'supabase_functions_admin', 'supabase_realtime_admin', 'supabase_replication_admin',"
          + " 'supabase_read_only_user', 'pgbouncer', 'cloud_admin', 'neon_superuser', 'rdsadmin',"
          + " 'cloudsqladmin', 'azuresu', 'azure_superuser', 'dashboard_user'";

  /** Platforms and programs that can be told by something that each of them brings. */
  private static final Map<String, List<String>> SIGNS =
      Map.ofEntries(
          Map.entry("role supabase_admin", List.of("supabase")),
          Map.entry("role neon_superuser", List.of("neon")),
          Map.entry("role rdsadmin", List.of("rds", "aurora")),
          Map.entry("role cloudsqladmin", List.of("cloudsql")),
          Map.entry("role azuresu", List.of("azure")),
          Map.entry("role tsdbadmin", List.of("timescale")),
          Map.entry("extension timescaledb", List.of("timescale")),
          Map.entry("extension postgis_topology", List.of("postgis")),
          Map.entry("extension postgis_tiger_geocoder", List.of("postgis")),
          Map.entry("schema _heroku", List.of("heroku")),
          Map.entry("schema heroku_ext", List.of("heroku")),
          Map.entry("schema hdb_catalog", List.of("hasura")),
          Map.entry("schema graphile_worker", List.of("graphile")),
          Map.entry("schema graphile_migrate", List.of("graphile")),
          Map.entry("schema pgboss", List.of("pgboss")));

  private static final String PRESENT =
      "select 'role ' || rolname from pg_catalog.pg_roles"
          + " union all select 'schema ' || nspname from pg_catalog.pg_namespace"
          + " union all select 'extension ' || extname from pg_catalog.pg_extension";

  private final PostgresqlIntrospector introspector = new PostgresqlIntrospector();

  private static String namespaces(String home, Outside outside) {
    return "ns as materialized (select oid, nspname from pg_catalog.pg_namespace n where nspname !~"
        + " '^pg_' and nspname <> 'information_schema' and nspname <> "
        + PostgresqlHistory.literalOf(home)
        + " and (nspname = 'public' or pg_get_userbyid(nspowner) not in ("
        + PLATFORM_OWNERS
        + ")) and "
        + notOfExtension("pg_namespace", "n.oid")
        + outside.schemas().stream()
            .sorted()
            .map(PostgresqlContents::isNot)
            .collect(Collectors.joining())
        + ")";
  }

  /** The condition that a schema is not what a preset names; the name may end in a star. */
  private static String isNot(String schema) {
    return schema.endsWith("*")
        ? " and not starts_with(nspname, "
            + PostgresqlHistory.literalOf(schema.substring(0, schema.length() - 1))
            + ")"
        : " and nspname <> " + PostgresqlHistory.literalOf(schema);
  }

  private static String notOfExtension(String catalog, String oid) {
    return "not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog."
        + catalog
        + "'::regclass and d.objid = "
        + oid
        + " and d.deptype = 'e')";
  }

  @Override
  public List<String> userObjects(Connection connection, String home, int limit)
      throws SQLException {
    String sql =
        "with "
            + namespaces(home, outside(connection))
            + "select name from (select ns.nspname || '.' || c.relname as name from"
            + " pg_catalog.pg_class c join ns on ns.oid = c.relnamespace where c.relkind in ('r',"
            + " 'p', 'v', 'm', 'f', 'S') and "
            + notOfExtension("pg_class", "c.oid")
            + " union all select ns.nspname || '.' || p.proname || '()' from pg_catalog.pg_proc p"
            + " join ns on ns.oid = p.pronamespace where "
            + notOfExtension("pg_proc", "p.oid")
            + " union all select ns.nspname || '.' || t.typname from pg_catalog.pg_type t"
            + " join ns on ns.oid = t.typnamespace where t.typtype in ('e', 'd') and "
            + notOfExtension("pg_type", "t.oid")
            + ") found order by name limit "
            + limit;
    return strings(connection, sql);
  }

  @Override
  public Schema schema(Connection connection, String home) throws SQLException {
    return introspector.introspect(
        connection,
        IntrospectOptions.defaults().withHistorySchema(home).withOutside(outside(connection)));
  }

  @Override
  public Map<FactId, Trace> traces(Connection connection, String home, Collection<FactId> facts)
      throws SQLException {
    return new PostgresqlTraces(connection, home).of(facts);
  }

  @Override
  public Outside outside(Connection connection) throws SQLException {
    Outside outside = Outside.NOTHING;
    for (String sign : strings(connection, PRESENT)) {
      for (String preset : SIGNS.getOrDefault(sign, List.of())) {
        outside = outside.and(Outside.preset(preset));
      }
    }
    return outside;
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
