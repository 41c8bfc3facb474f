package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Contents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads the catalog; members of extensions and what platforms manage are not the user's. */
final class PostgresqlContents implements Contents {
  /** Roles by which platforms own their schemas. */
  private static final String PLATFORM_OWNERS =
      "'supabase_admin', 'supabase_auth_admin', 'supabase_storage_admin', 'supabase_functions_admin',"
          + " 'supabase_realtime_admin', 'supabase_replication_admin', 'supabase_read_only_user',"
          + " 'pgbouncer', 'cloud_admin', 'neon_superuser', 'rdsadmin', 'cloudsqladmin', 'azuresu',"
          + " 'azure_superuser', 'dashboard_user'";

  private static final String LINES =
      """
      , rel as materialized (select c.*, ns.nspname, ns.nspname || '.' || c.relname as name
        from pg_catalog.pg_class c join ns on ns.oid = c.relnamespace where %s)
      select 'extension ' || extname from pg_catalog.pg_extension where extname <> 'plpgsql'
      union all select 'schema ' || nspname from ns where nspname <> 'public'
      union all select 'relation ' || name || ' ' || relkind::text || relpersistence::text
        || case when relrowsecurity then ' rls' else '' end
        || case when relforcerowsecurity then ' force' else '' end
        || coalesce(' ' || reloptions::text, '')
        from rel where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      union all select 'column ' || name || '.' || attname || ' ' || format_type(atttypid, atttypmod)
        || case when attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(adbin, adrelid), '') || ' ' || attidentity::text || attgenerated::text
        || case when attcollation <> 0 then ' ' || attcollation::regcollation::text else '' end
        from rel join pg_catalog.pg_attribute a on a.attrelid = rel.oid and attnum > 0 and not attisdropped
        left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where relkind in ('r', 'p', 'f')
      union all select 'constraint ' || name || '.' || conname || ' ' || pg_get_constraintdef(k.oid)
        from rel join pg_catalog.pg_constraint k on k.conrelid = rel.oid where contype <> 'n'
      union all select 'index ' || pg_get_indexdef(i.indexrelid) || case when indisvalid then '' else ' invalid' end
        from rel join pg_catalog.pg_index i on i.indrelid = rel.oid
      union all select 'view ' || name || ' ' || md5(pg_get_viewdef(oid)) from rel where relkind in ('v', 'm')
      union all select 'sequence ' || name || ' ' || seqtypid::regtype::text || ' ' || seqstart::text || ' ' || seqincrement::text
        || ' ' || seqmin::text || ' ' || seqmax::text || ' ' || seqcycle::text from rel join pg_catalog.pg_sequence s on s.seqrelid = rel.oid
      union all select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || tgenabled::text
        from rel join pg_catalog.pg_trigger t on t.tgrelid = rel.oid where not tgisinternal
      union all select 'policy ' || name || '.' || polname || ' ' || polcmd::text || polpermissive::text
        || ' ' || coalesce(pg_get_expr(polqual, polrelid), '') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '')
        from rel join pg_catalog.pg_policy p on p.polrelid = rel.oid
      union all select 'rule ' || pg_get_ruledef(r.oid)
        from rel join pg_catalog.pg_rewrite r on r.ev_class = rel.oid where rulename <> '_RETURN'
      union all select 'function ' || p.oid::regprocedure::text || ' ' || prokind::text || ' '
        || case when prokind in ('f', 'p') then md5(pg_get_functiondef(p.oid)) else '' end
        from pg_catalog.pg_proc p join ns on ns.oid = pronamespace where %s
      union all select 'enum ' || ns.nspname || '.' || typname || ' '
        || (select string_agg(quote_literal(enumlabel), ',' order by enumsortorder) from pg_catalog.pg_enum where enumtypid = t.oid)
        from pg_catalog.pg_type t join ns on ns.oid = typnamespace where typtype = 'e' and %s
      union all select 'domain ' || ns.nspname || '.' || typname || ' ' || format_type(typbasetype, typtypmod)
        || case when typnotnull then ' not null' else '' end || coalesce(' default ' || typdefault, '')
        || coalesce((select ' ' || string_agg(conname || ' ' || pg_get_constraintdef(oid), ' ' order by conname)
          from pg_catalog.pg_constraint where contypid = t.oid and contype <> 'n'), '')
        from pg_catalog.pg_type t join ns on ns.oid = typnamespace where typtype = 'd' and %s
      order by 1\
      """
          .formatted(
              notOfExtension("pg_class", "c.oid"),
              notOfExtension("pg_proc", "p.oid"),
              notOfExtension("pg_type", "t.oid"),
              notOfExtension("pg_type", "t.oid"));

  private static String namespaces(String home) {
    return "ns as materialized (select oid, nspname from pg_catalog.pg_namespace n where nspname !~ '^pg_'"
        + " and nspname <> 'information_schema' and nspname <> "
        + PostgresqlHistory.literalOf(home)
        + " and (nspname = 'public' or pg_get_userbyid(nspowner) not in ("
        + PLATFORM_OWNERS
        + ")) and "
        + notOfExtension("pg_namespace", "n.oid")
        + ")";
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
            + namespaces(home)
            + "select name from (select ns.nspname || '.' || c.relname as name from pg_catalog.pg_class c"
            + " join ns on ns.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and "
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
  public String fingerprint(Connection connection, String home) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin isolation level repeatable read read only");
      statement.execute("set local search_path = pg_catalog");
      List<String> lines = strings(connection, "with " + namespaces(home) + LINES);
      statement.execute("commit");
      lines.sort(null);
      return String.join("\n", lines);
    }
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
