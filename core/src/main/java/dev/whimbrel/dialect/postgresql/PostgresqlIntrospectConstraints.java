package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.postgresql.PostgresqlCatalog.Relation;
import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.ConstraintContent.Action;
import dev.whimbrel.schema.ConstraintContent.Check;
import dev.whimbrel.schema.ConstraintContent.Deferral;
import dev.whimbrel.schema.ConstraintContent.Exclusion;
import dev.whimbrel.schema.ConstraintContent.ForeignKey;
import dev.whimbrel.schema.ConstraintContent.PrimaryKey;
import dev.whimbrel.schema.ConstraintContent.Unique;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Constraints of tables, except not-null ones. */
final class PostgresqlIntrospectConstraints {
  private static final String CONSTRAINTS =
      """
      select c.oid, c.conrelid as relation, c.conname as name, c.contype as form,
        c.condeferrable as deferrable, c.condeferred as deferred, c.convalidated as validated,
        c.connoinherit as no_inherit, c.coninhcount as parents, c.conislocal as local,
        c.conparentid <> 0 as implied, array_to_string(c.conkey, ' ') as columns,
        c.confrelid as referenced, array_to_string(c.confkey, ' ') as referenced_columns,
        c.confupdtype as on_update, c.confdeltype as on_delete, c.confmatchtype as match,
        fn.nspname as referenced_schema, f.relname as referenced_name, c.conindid as index,
        i.indkey::text as keys, i.indnkeyatts as key_count, x.reloptions as options,
        case when c.contype = 'c' then pg_get_expr(c.conbin, c.conrelid) end as expression,
        case when c.contype = 'x' then pg_get_constraintdef(c.oid) end as definition,
        case when c.contype = 'f' and f.relnamespace not in ({namespaces}) then (
          select array_agg(a.attname::text order by k.n)
          from unnest(c.confkey) with ordinality k(number, n)
          join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number
        ) end as foreign_names,
        {15+ i.indnullsnotdistinct | false} as nulls_not_distinct,
        {15+ array_to_string(c.confdelsetcols, ' ') | null} as delete_columns,
        {18+ c.conenforced | true} as enforced, {18+ c.conperiod | false} as period
      from pg_constraint c
      left join pg_class f on f.oid = c.confrelid
      left join pg_namespace fn on fn.oid = f.relnamespace
      left join pg_index i on i.indexrelid = c.conindid and c.contype in ('p', 'u', 'x')
      left join pg_class x on x.oid = i.indexrelid
      where c.conrelid <> 0 and c.contype in ('p', 'u', 'x', 'c', 'f')
        and c.connamespace in ({namespaces})
      """;
  private static final Pattern DEFERRAL =
      Pattern.compile(" (NOT )?DEFERRABLE( INITIALLY DEFERRED)?$");

  private final PostgresqlCatalog catalog;

  PostgresqlIntrospectConstraints(PostgresqlCatalog catalog) {
    this.catalog = catalog;
  }

  void read() throws SQLException {
    catalog.each(CONSTRAINTS, this::constraint);
  }

  private void constraint(CatalogRow row) throws SQLException {
    Relation relation = catalog.relation(row.oid("relation"));
    if (relation == null) {
      return;
    }
    char form = row.text("form").charAt(0);
    FactId id =
        FactId.of(kind(form), relation.id().segment(0), relation.id().segment(1), row.text("name"));
    catalog.address("pg_constraint", row.oid("oid"), id);
    if (form != 'f' && row.oid("index") != 0) {
      catalog.address("pg_class", row.oid("index"), id);
    }
    boolean inherited = row.number("parents") > 0 && (relation.partition() || !row.flag("local"));
    if (row.flag("implied") || inherited) {
      return;
    }
    catalog.schema().add(id, content(form, relation, row));
    if (form == 'x' && !row.texts("options").isEmpty()) {
      catalog.schema().unmodelled("storage parameters of exclusion constraint", id.display());
    }
  }

  private static Kind kind(char form) {
    return switch (form) {
      case 'p' -> Kind.PRIMARY_KEY;
      case 'u' -> Kind.UNIQUE;
      case 'x' -> Kind.EXCLUSION;
      case 'f' -> Kind.FOREIGN_KEY;
      default -> Kind.CHECK;
    };
  }

  private ConstraintContent content(char form, Relation relation, CatalogRow row)
      throws SQLException {
    Deferral deferral = deferral(row);
    return switch (form) {
      case 'p' ->
          new PrimaryKey(
              keys(relation, row, true),
              keys(relation, row, false),
              row.flag("period"),
              deferral,
              options(row));
      case 'u' ->
          new Unique(
              keys(relation, row, true),
              keys(relation, row, false),
              row.flag("nulls_not_distinct"),
              row.flag("period"),
              deferral,
              options(row));
      case 'x' ->
          new Exclusion(
              DEFERRAL.matcher(PostgresqlSpelling.settled(row.text("definition"))).replaceFirst(""),
              deferral);
      case 'f' -> foreignKey(relation, row, deferral);
      default ->
          new Check(
              "(" + PostgresqlSpelling.settled(row.text("expression")) + ")",
              row.flag("no_inherit"),
              row.flag("validated"),
              row.flag("enforced"));
    };
  }

  private static SortedMap<String, String> options(CatalogRow row) throws SQLException {
    return PostgresqlCatalog.options(row.texts("options"), "");
  }

  private static Deferral deferral(CatalogRow row) throws SQLException {
    if (!row.flag("deferrable")) {
      return Deferral.IMMEDIATE;
    }
    return row.flag("deferred") ? Deferral.INITIALLY_DEFERRED : Deferral.DEFERRABLE;
  }

  private static List<String> keys(Relation relation, CatalogRow row, boolean key)
      throws SQLException {
    int[] all = row.numbers("keys");
    int count = row.number("key_count");
    return relation.names(
        key ? Arrays.copyOf(all, count) : Arrays.copyOfRange(all, count, all.length));
  }

  private ForeignKey foreignKey(Relation relation, CatalogRow row, Deferral deferral)
      throws SQLException {
    Relation referenced = catalog.relation(row.oid("referenced"));
    List<String> foreign = row.texts("foreign_names");
    List<String> names =
        referenced == null ? foreign : referenced.names(row.numbers("referenced_columns"));
    return new ForeignKey(
        relation.names(row.numbers("columns")),
        FactId.of(Kind.TABLE, row.text("referenced_schema"), row.text("referenced_name")),
        names,
        row.text("match").equals("f"),
        action(row.text("on_update")),
        action(row.text("on_delete")),
        relation.names(row.numbers("delete_columns")),
        row.flag("period"),
        deferral,
        row.flag("validated"),
        row.flag("enforced"));
  }

  private static Action action(String code) {
    return switch (code) {
      case "r" -> Action.RESTRICT;
      case "c" -> Action.CASCADE;
      case "n" -> Action.SET_NULL;
      case "d" -> Action.SET_DEFAULT;
      default -> Action.NO_ACTION;
    };
  }
}
