package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TypeContent.Attribute;
import dev.whimbrel.schema.TypeContent.CompositeType;
import dev.whimbrel.schema.TypeContent.Domain;
import dev.whimbrel.schema.TypeContent.DomainCheck;
import dev.whimbrel.schema.TypeContent.DomainDefault;
import dev.whimbrel.schema.TypeContent.EnumType;
import dev.whimbrel.schema.TypeContent.RangeType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Enums, domains, composite types and ranges. */
final class PostgresqlIntrospectTypes {
  private static final String TYPES =
      """
      select t.oid, n.nspname as schema, t.typname as name, t.typtype as form,
        t.typarray as array, t.typrelid as relation, t.typacl::text[] as acl,
        pg_get_userbyid(t.typowner) as owner, t.typnotnull as not_null,
        case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end as base,
        case when t.typtype = 'd' then pg_get_expr(t.typdefaultbin, 0) end as default_expression,
        case when t.typtype = 'd' and t.typcollation <> b.typcollation
          then t.typcollation::regcollation::text end as collation
      from pg_type t
      join pg_namespace n on n.oid = t.typnamespace
      left join pg_type b on b.oid = t.typbasetype
      left join pg_class c on c.oid = t.typrelid
      where t.typnamespace in ({namespaces}) and t.oid >= 16384
        and (t.typtype in ('e', 'd', 'r') or c.relkind = 'c') and {outside pg_type t.oid}
      """;
  private static final String LABELS =
      """
      select e.enumtypid as oid, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
      from pg_enum e where e.enumtypid >= 16384 group by 1
      """;
  private static final String ATTRIBUTES =
      """
      select c.reltype as oid, c.oid as relation, a.attnum as number, n.nspname as schema,
        c.relname as composite, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
        case when a.attcollation <> t.typcollation
          then a.attcollation::regcollation::text end as collation
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      where c.relkind = 'c' and c.relnamespace in ({namespaces})
      order by c.oid, a.attnum
      """;
  private static final String RANGES =
      """
      select r.rngtypid as oid, r.rngmultitypid as multirange, m.typarray as multirange_array,
        format_type(r.rngsubtype, null) as subtype,
        case when m.typname <> case when t.typname like '%range%'
            then regexp_replace(t.typname, 'range', 'multirange')
            else left(t.typname, 52) || '_multirange' end or mn.oid <> t.typnamespace
          then quote_ident(mn.nspname) || '.' || quote_ident(m.typname)
          end as multirange_type_name,
        case when not o.opcdefault
          then quote_ident(x.nspname) || '.' || quote_ident(o.opcname) end as subtype_opclass,
        case when r.rngcollation <> s.typcollation
          then r.rngcollation::regcollation::text end as collation,
        nullif(r.rngcanonical::text, '-') as canonical,
        nullif(r.rngsubdiff::text, '-') as subtype_diff
      from pg_range r
      join pg_type t on t.oid = r.rngtypid
      join pg_type s on s.oid = r.rngsubtype
      join pg_type m on m.oid = r.rngmultitypid
      join pg_namespace mn on mn.oid = m.typnamespace
      join pg_opclass o on o.oid = r.rngsubopc
      join pg_namespace x on x.oid = o.opcnamespace
      where t.typnamespace in ({namespaces}) and r.rngtypid >= 16384
      """;
  private static final String CHECKS =
      """
      select c.oid, c.contypid as type, c.conname as name, c.convalidated as validated,
        pg_get_expr(c.conbin, 0) as expression
      from pg_constraint c
      where c.contypid <> 0 and c.contype = 'c' and c.connamespace in ({namespaces})
      """;

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;
  private final Map<Long, List<String>> labels = new HashMap<>();
  private final Map<Long, List<Attribute>> attributes = new HashMap<>();
  private final Map<Long, SortedMap<String, String>> ranges = new HashMap<>();

  PostgresqlIntrospectTypes(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    catalog.each(LABELS, row -> labels.put(row.oid("oid"), row.texts("labels")));
    catalog.each(ATTRIBUTES, this::attribute);
    Map<Long, long[]> multiranges = new HashMap<>();
    catalog.each(
        RANGES,
        row -> {
          range(row);
          long[] types = {row.oid("multirange"), row.oid("multirange_array")};
          multiranges.put(row.oid("oid"), types);
        });
    catalog.each(TYPES, this::type);
    multiranges.forEach((range, types) -> {
      @Nullable FactId id = catalog.at("pg_type", range, 0);
      if (id != null) {
        catalog.address("pg_type", types[0], id);
        catalog.address("pg_type", types[1], id);
      }
    });
    catalog.each(CHECKS, this::check);
  }

  private void attribute(CatalogRow row) throws SQLException {
    String name = row.text("name");
    attributes
        .computeIfAbsent(row.oid("oid"), oid -> new ArrayList<>())
        .add(new Attribute(name, row.text("type"), row.textOrNull("collation")));
    FactId id = FactId.of(Kind.COLUMN, row.text("schema"), row.text("composite"), name);
    catalog.name("pg_class", row.oid("relation"), row.number("number"), id);
  }

  private void range(CatalogRow row) throws SQLException {
    SortedMap<String, String> options = new TreeMap<>();
    for (String option :
        List.of(
            "subtype",
            "subtype_opclass",
            "collation",
            "canonical",
            "subtype_diff",
            "multirange_type_name")) {
      String value = row.textOrNull(option);
      if (value != null) {
        options.put(option, value);
      }
    }
    ranges.put(row.oid("oid"), options);
  }

  private void type(CatalogRow row) throws SQLException {
    long oid = row.oid("oid");
    char form = row.text("form").charAt(0);
    Kind kind =
        switch (form) {
          case 'e' -> Kind.ENUM;
          case 'd' -> Kind.DOMAIN;
          case 'r' -> Kind.RANGE;
          default -> Kind.COMPOSITE;
        };
    FactId id = FactId.of(kind, row.text("schema"), row.text("name"));
    catalog.add("pg_type", oid, id, content(kind, oid, row));
    if (row.oid("array") != 0) {
      catalog.address("pg_type", row.oid("array"), id);
    }
    if (row.oid("relation") != 0) {
      catalog.address("pg_class", row.oid("relation"), id);
    }
    @Nullable String expression = row.textOrNull("default_expression");
    if (expression != null) {
      catalog.schema().add(id.as(Kind.DOMAIN_DEFAULT), new DomainDefault(expression));
    }
    acl.owned(id, row);
    acl.grants(id, PostgresqlAcl.Target.TYPE, row);
  }

  private Content content(Kind kind, long oid, CatalogRow row) throws SQLException {
    return switch (kind) {
      case ENUM -> new EnumType(labels.getOrDefault(oid, List.of()));
      case DOMAIN ->
          new Domain(row.text("base"), row.textOrNull("collation"), row.flag("not_null"));
      case RANGE -> new RangeType(ranges.getOrDefault(oid, new TreeMap<>()));
      default -> new CompositeType(attributes.getOrDefault(oid, List.of()));
    };
  }

  private void check(CatalogRow row) throws SQLException {
    FactId domain = catalog.at("pg_type", row.oid("type"), 0);
    if (domain != null && domain.kind() == Kind.DOMAIN) {
      FactId id =
          FactId.of(Kind.DOMAIN_CHECK, domain.segment(0), domain.segment(1), row.text("name"));
      Content content =
          new DomainCheck(
              "(" + PostgresqlSpelling.settled(row.text("expression")) + ")",
              row.flag("validated"));
      catalog.add("pg_constraint", row.oid("oid"), id, content);
    }
  }
}
