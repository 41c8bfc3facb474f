package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.CodeContent.Aggregate;
import dev.whimbrel.schema.CodeContent.Routine;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Functions, procedures and aggregates. */
final class PostgresqlIntrospectRoutines {
  private static final String ROUTINES =
      """
      select p.oid, n.nspname as schema, p.proname as name, p.prokind = 'p' as procedure,
        quote_ident(n.nspname) || '.' || quote_ident(p.proname) as quoted,
        oidvectortypes(p.proargtypes) as types, pg_get_function_arguments(p.oid) as arguments,
        pg_get_function_result(p.oid) as result, pg_get_functiondef(p.oid) as definition,
        p.proacl::text[] as acl, pg_get_userbyid(p.proowner) as owner
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prokind in ('f', 'p', 'w') and p.pronamespace in ({namespaces}) and p.oid >= 16384
        and not exists (select from pg_depend x where x.classid = 'pg_proc'::regclass
          and x.objid = p.oid and x.deptype in ('e', 'i'))
      """;
  private static final String AGGREGATES =
      """
      select p.oid, n.nspname as schema, p.proname as name,
        pg_get_function_identity_arguments(p.oid) as arguments, a.aggtransfn::text as sfunc,
        format_type(a.aggtranstype, null) as stype, nullif(a.aggtransspace, 0)::text as sspace,
        nullif(a.aggfinalfn::text, '-') as finalfunc,
        case when a.aggfinalextra then '' end as finalfunc_extra,
        case when a.aggfinalfn <> 0 then a.aggfinalmodify end as finalfunc_modify,
        nullif(a.aggcombinefn::text, '-') as combinefunc,
        nullif(a.aggserialfn::text, '-') as serialfunc,
        nullif(a.aggdeserialfn::text, '-') as deserialfunc, a.agginitval as initcond,
        nullif(a.aggmtransfn::text, '-') as msfunc, nullif(a.aggminvtransfn::text, '-') as minvfunc,
        case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end as mstype,
        nullif(a.aggmtransspace, 0)::text as msspace,
        nullif(a.aggmfinalfn::text, '-') as mfinalfunc,
        case when a.aggmfinalextra then '' end as mfinalfunc_extra,
        case when a.aggmfinalfn <> 0 then a.aggmfinalmodify end as mfinalfunc_modify,
        a.aggminitval as minitcond,
        case when a.aggsortop <> 0 then (
          select 'operator(' || quote_ident(s.nspname) || '.' || o.oprname || ')'
          from pg_operator o join pg_namespace s on s.oid = o.oprnamespace
          where o.oid = a.aggsortop) end as sortop,
        case p.proparallel when 's' then 'safe' when 'r' then 'restricted' end as parallel,
        case when a.aggkind = 'h' then '' end as hypothetical,
        p.proacl::text[] as acl, pg_get_userbyid(p.proowner) as owner
      from pg_aggregate a
      join pg_proc p on p.oid = a.aggfnoid
      join pg_namespace n on n.oid = p.pronamespace
      where p.pronamespace in ({namespaces}) and p.oid >= 16384 and {outside pg_proc p.oid}
      """;
  private static final List<String> OPTIONS =
      List.of(
          "sfunc",
          "stype",
          "sspace",
          "finalfunc",
          "finalfunc_extra",
          "finalfunc_modify",
          "combinefunc",
          "serialfunc",
          "deserialfunc",
          "initcond",
          "msfunc",
          "minvfunc",
          "mstype",
          "msspace",
          "mfinalfunc",
          "mfinalfunc_extra",
          "mfinalfunc_modify",
          "minitcond",
          "sortop",
          "parallel",
          "hypothetical");

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;

  PostgresqlIntrospectRoutines(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    catalog.each(ROUTINES, this::routine);
    catalog.each(AGGREGATES, this::aggregate);
  }

  private void routine(CatalogRow row) throws SQLException {
    String arguments = row.text("arguments");
    boolean procedure = row.flag("procedure");
    String header =
        "CREATE OR REPLACE %s %s(%s)\n"
            .formatted(procedure ? "PROCEDURE" : "FUNCTION", row.text("quoted"), arguments);
    String definition = row.text("definition");
    if (!definition.startsWith(header)) {
      throw new SQLException("the definition of " + row.text("quoted") + " does not begin with it");
    }
    FactId id = FactId.of(Kind.ROUTINE, row.text("schema"), row.text("name"), row.text("types"));
    Routine content =
        new Routine(
            procedure,
            arguments,
            row.textOrNull("result"),
            definition.substring(header.length()).stripTrailing());
    catalog.add("pg_proc", row.oid("oid"), id, content);
    access(id, row);
  }

  private void aggregate(CatalogRow row) throws SQLException {
    SortedMap<String, String> options = new TreeMap<>();
    for (String option : OPTIONS) {
      String value = row.textOrNull(option);
      if (value != null) {
        options.put(option.toUpperCase(Locale.ROOT), value(option, value));
      }
    }
    FactId id =
        FactId.of(Kind.AGGREGATE, row.text("schema"), row.text("name"), row.text("arguments"));
    catalog.add("pg_proc", row.oid("oid"), id, new Aggregate(options));
    access(id, row);
  }

  /** The value as {@code CREATE AGGREGATE} takes it. */
  private static String value(String option, String value) {
    return switch (option) {
      case "initcond", "minitcond" -> "'" + value.replace("'", "''") + "'";
      case "finalfunc_modify", "mfinalfunc_modify" ->
          switch (value) {
            case "s" -> "SHAREABLE";
            case "w" -> "READ_WRITE";
            default -> "READ_ONLY";
          };
      default -> value;
    };
  }

  private void access(FactId id, CatalogRow row) throws SQLException {
    acl.owned(id, row);
    acl.grants(id, PostgresqlAcl.Target.ROUTINE, row);
  }
}
