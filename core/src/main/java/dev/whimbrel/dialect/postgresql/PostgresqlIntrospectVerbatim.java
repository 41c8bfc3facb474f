package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.List;

/**
 * Objects that few databases have, each known by the statements that create it: operators, casts,
 * text search, foreign data and what else is replaced as a whole.
 */
final class PostgresqlIntrospectVerbatim {
  private static final String OPERATORS =
      """
      select 'pg_operator' as catalog, o.oid, 'operator' as type,
        pg_get_userbyid(o.oprowner) as owner, null::text[] as acl,
        s.name || ' (' || coalesce(format_type(nullif(o.oprleft, 0), null), 'none') || ', '
          || format_type(o.oprright, null) || ')' as name,
        'create operator ' || s.name || ' (' || concat_ws(', ',
          'function = ' || o.oprcode::regproc::text,
          'leftarg = ' || format_type(nullif(o.oprleft, 0), null),
          'rightarg = ' || format_type(o.oprright, null),
          (select 'commutator = operator(' || quote_ident(x.nspname) || '.' || c.oprname || ')'
            from pg_operator c join pg_namespace x on x.oid = c.oprnamespace
            where c.oid = o.oprcom),
          (select 'negator = operator(' || quote_ident(x.nspname) || '.' || c.oprname || ')'
            from pg_operator c join pg_namespace x on x.oid = c.oprnamespace
            where c.oid = o.oprnegate),
          'restrict = ' || nullif(o.oprrest::regproc::text, '-'),
          'join = ' || nullif(o.oprjoin::regproc::text, '-'),
          case when o.oprcanhash then 'hashes' end, case when o.oprcanmerge then 'merges' end)
          || ')' as sql
      from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
      cross join lateral (select quote_ident(n.nspname) || '.' || o.oprname as name) s
      where o.oprnamespace in ({namespaces}) and o.oid >= 16384 and o.oprcode <> 0
        and {outside pg_operator o.oid}
      """;
  private static final String CASTS =
      """
      select 'pg_cast' as catalog, c.oid, 'cast' as type, null as owner, null::text[] as acl,
        s.name, 'create cast ' || s.name
          || case c.castmethod when 'f' then ' with function ' || c.castfunc::regprocedure::text
            when 'i' then ' with inout' else ' without function' end
          || case c.castcontext when 'a' then ' as assignment' when 'i' then ' as implicit'
            else '' end as sql
      from pg_cast c
      cross join lateral (select '(' || format_type(c.castsource, null) || ' as '
        || format_type(c.casttarget, null) || ')' as name) s
      where c.oid >= 16384 and not exists (select from pg_depend x
        where x.classid = 'pg_cast'::regclass and x.objid = c.oid and x.deptype in ('e', 'i'))
      """;
  private static final String FAMILIES =
      """
      select 'pg_opfamily' as catalog, f.oid, 'operator family' as type,
        pg_get_userbyid(f.opfowner) as owner, null::text[] as acl, s.name,
        'create operator family ' || s.name as sql
      from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace
      join pg_am a on a.oid = f.opfmethod
      cross join lateral (select quote_ident(n.nspname) || '.' || quote_ident(f.opfname)
        || ' using ' || quote_ident(a.amname) as name) s
      where f.opfnamespace in ({namespaces}) and f.oid >= 16384 and {outside pg_opfamily f.oid}
      """;
  private static final String CLASSES =
      """
      select 'pg_opclass' as catalog, o.oid, 'operator class' as type,
        pg_get_userbyid(o.opcowner) as owner, null::text[] as acl,
        s.name || ' using ' || quote_ident(a.amname) as name,
        'create operator class ' || s.name || case when o.opcdefault then ' default' else '' end
          || ' for type ' || format_type(o.opcintype, null) || ' using ' || quote_ident(a.amname)
          || ' family ' || quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) || ' as '
          || concat_ws(', ',
            (select string_agg('operator ' || p.amopstrategy || ' ' || p.amopopr::regoperator::text
                || coalesce((select ' for order by ' || quote_ident(x.nspname) || '.'
                  || quote_ident(z.opfname) from pg_opfamily z
                  join pg_namespace x on x.oid = z.opfnamespace
                  where z.oid = p.amopsortfamily), ''), ', ' order by p.amopstrategy)
              from pg_amop p where p.amopfamily = f.oid
                and p.amoplefttype = o.opcintype and p.amoprighttype = o.opcintype),
            (select string_agg('function ' || p.amprocnum || ' ' || p.amproc::regprocedure::text,
                ', ' order by p.amprocnum)
              from pg_amproc p where p.amprocfamily = f.oid
                and p.amproclefttype = o.opcintype and p.amprocrighttype = o.opcintype),
            'storage ' || format_type(nullif(o.opckeytype, 0), null)) as sql
      from pg_opclass o join pg_namespace n on n.oid = o.opcnamespace
      join pg_am a on a.oid = o.opcmethod
      join pg_opfamily f on f.oid = o.opcfamily
      join pg_namespace fn on fn.oid = f.opfnamespace
      cross join lateral (select quote_ident(n.nspname) || '.' || quote_ident(o.opcname) as name) s
      where o.opcnamespace in ({namespaces}) and o.oid >= 16384 and {outside pg_opclass o.oid}
      """;
  private static final String CONVERSIONS =
      """
      select 'pg_conversion' as catalog, c.oid, 'conversion' as type,
        pg_get_userbyid(c.conowner) as owner, null::text[] as acl, s.name,
        'create ' || case when c.condefault then 'default ' else '' end || 'conversion ' || s.name
          || ' for ' || quote_literal(pg_encoding_to_char(c.conforencoding)) || ' to '
          || quote_literal(pg_encoding_to_char(c.contoencoding)) || ' from ' || c.conproc::text as sql
      from pg_conversion c join pg_namespace n on n.oid = c.connamespace
      cross join lateral (select quote_ident(n.nspname) || '.' || quote_ident(c.conname) as name) s
      where c.connamespace in ({namespaces}) and c.oid >= 16384 and {outside pg_conversion c.oid}
      """;
  private static final String METHODS =
      """
      select 'pg_am' as catalog, a.oid, 'access method' as type, null as owner,
        null::text[] as acl, quote_ident(a.amname) as name,
        'create access method ' || quote_ident(a.amname) || ' type '
          || case a.amtype when 't' then 'table' else 'index' end || ' handler '
          || a.amhandler::text as sql
      from pg_am a where a.oid >= 16384 and {outside pg_am a.oid}
      """;
  private static final String DICTIONARIES =
      """
      select 'pg_ts_dict' as catalog, d.oid, 'text search dictionary' as type,
        pg_get_userbyid(d.dictowner) as owner, null::text[] as acl, s.name,
        'create text search dictionary ' || s.name || ' (' || concat_ws(', ', 'template = '
          || quote_ident(x.nspname) || '.' || quote_ident(t.tmplname), d.dictinitoption)
          || ')' as sql
      from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
      join pg_ts_template t on t.oid = d.dicttemplate
      join pg_namespace x on x.oid = t.tmplnamespace
      cross join lateral (select quote_ident(n.nspname) || '.' || quote_ident(d.dictname) as name) s
      where d.dictnamespace in ({namespaces}) and d.oid >= 16384 and {outside pg_ts_dict d.oid}
      """;
  private static final String CONFIGURATIONS =
      """
      select 'pg_ts_config' as catalog, c.oid, 'text search configuration' as type,
        pg_get_userbyid(c.cfgowner) as owner, null::text[] as acl, s.name,
        'create text search configuration ' || s.name || ' (parser = ' || quote_ident(x.nspname)
          || '.' || quote_ident(p.prsname) || ')' || coalesce((
            select string_agg(E';\\nalter text search configuration ' || s.name
              || ' add mapping for ' || g.tokens || ' with ' || g.dictionaries, '' order by g.tokens)
            from (
              select string_agg(quote_ident(t.alias), ', ' order by t.alias) as tokens, m.dictionaries
              from (
                select m.maptokentype, string_agg(m.mapdict::regdictionary::text, ', '
                  order by m.mapseqno) as dictionaries
                from pg_ts_config_map m where m.mapcfg = c.oid group by 1) m
              join ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype
              group by m.dictionaries) g), '') as sql
      from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
      join pg_ts_parser p on p.oid = c.cfgparser
      join pg_namespace x on x.oid = p.prsnamespace
      cross join lateral (select quote_ident(n.nspname) || '.' || quote_ident(c.cfgname) as name) s
      where c.cfgnamespace in ({namespaces}) and c.oid >= 16384 and {outside pg_ts_config c.oid}
      """;
  private static final String OPTIONS =
      """
      coalesce((select ' options (' || string_agg(quote_ident(v.option_name) || ' '
        || quote_literal(v.option_value), ', ' order by v.option_name) || ')'
        from pg_options_to_table(%s) v), '')\
      """;
  private static final String WRAPPERS =
      """
      select 'pg_foreign_data_wrapper' as catalog, f.oid, 'foreign data wrapper' as type,
        pg_get_userbyid(f.fdwowner) as owner, f.fdwacl::text[] as acl,
        quote_ident(f.fdwname) as name, 'create foreign data wrapper ' || quote_ident(f.fdwname)
          || coalesce(' handler ' || nullif(f.fdwhandler::regproc::text, '-'), '')
          || coalesce(' validator ' || nullif(f.fdwvalidator::regproc::text, '-'), '')
          || %s as sql
      from pg_foreign_data_wrapper f where {outside pg_foreign_data_wrapper f.oid}
      """
          .formatted(OPTIONS.formatted("f.fdwoptions"));
  private static final String SERVERS =
      """
      select 'pg_foreign_server' as catalog, s.oid, 'server' as type,
        pg_get_userbyid(s.srvowner) as owner, s.srvacl::text[] as acl,
        quote_ident(s.srvname) as name, 'create server ' || quote_ident(s.srvname)
          || coalesce(' type ' || quote_literal(s.srvtype), '')
          || coalesce(' version ' || quote_literal(s.srvversion), '')
          || ' foreign data wrapper ' || quote_ident(f.fdwname) || %s as sql
      from pg_foreign_server s join pg_foreign_data_wrapper f on f.oid = s.srvfdw
      where {outside pg_foreign_server s.oid}
      """
          .formatted(OPTIONS.formatted("s.srvoptions"));
  private static final String TABLES =
      """
      select 'pg_class' as catalog, c.oid, 'foreign table' as type,
        pg_get_userbyid(c.relowner) as owner, c.relacl::text[] as acl, s.name,
        'create foreign table ' || s.name || E' (\\n  ' || concat_ws(E',\\n  ',
          (select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
              || %s
              || case when a.attcollation <> t.typcollation
                then ' collate ' || a.attcollation::regcollation::text else '' end
              || coalesce(case when a.attgenerated <> '' then ' generated always as ('
                || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                else ' default ' || pg_get_expr(d.adbin, d.adrelid) end, '')
              || case when a.attnotnull then ' not null' else '' end, E',\\n  ' order by a.attnum)
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
          (select string_agg('constraint ' || quote_ident(k.conname) || ' '
              || pg_get_constraintdef(k.oid), E',\\n  ' order by k.conname)
            from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'))
          || E'\\n) server ' || quote_ident(r.srvname) || %s as sql
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_foreign_table f on f.ftrelid = c.oid
      join pg_foreign_server r on r.oid = f.ftserver
      cross join lateral (select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name) s
      where c.relkind = 'f' and c.relnamespace in ({namespaces}) and {outside pg_class c.oid}
        and not exists (select from pg_inherits i where i.inhrelid = c.oid)
      """
          .formatted(OPTIONS.formatted("a.attfdwoptions"), OPTIONS.formatted("f.ftoptions"));
  private static final String COLUMNS =
      """
      select a.attrelid as relation, a.attnum as number, n.nspname as schema, c.relname as table,
        a.attname as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'f' and c.relnamespace in ({namespaces}) and a.attnum > 0
        and not a.attisdropped
      """;

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;

  PostgresqlIntrospectVerbatim(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    for (String query :
        List.of(
            OPERATORS,
            CASTS,
            FAMILIES,
            CLASSES,
            CONVERSIONS,
            METHODS,
            DICTIONARIES,
            CONFIGURATIONS,
            WRAPPERS,
            SERVERS,
            TABLES)) {
      catalog.each(query, this::object);
    }
    catalog.each(COLUMNS, this::column);
  }

  private void object(CatalogRow row) throws SQLException {
    String type = row.text("type");
    FactId id = FactId.of(Kind.VERBATIM, type, row.text("name"));
    catalog.add(
        row.text("catalog"),
        row.oid("oid"),
        id,
        new Content.Verbatim(PostgresqlSpelling.settled(row.text("sql"))));
    if (row.textOrNull("owner") != null) {
      acl.owned(id, row);
    }
    boolean table = type.equals("foreign table");
    acl.grants(id, table ? PostgresqlAcl.Target.TABLE : PostgresqlAcl.Target.FOREIGN, row);
  }

  /** A column of a foreign table is no fact, but it may have a comment. */
  private void column(CatalogRow row) throws SQLException {
    FactId table = catalog.at("pg_class", row.oid("relation"), 0);
    if (table != null) {
      FactId id = FactId.of(Kind.COLUMN, row.text("schema"), row.text("table"), row.text("name"));
      catalog.name("pg_class", row.oid("relation"), row.number("number"), id);
      catalog.schema().depends(FactId.on(Kind.COMMENT, id), table);
    }
  }
}
