package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.postgresql.PostgresqlAcl.Target;
import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.AccessContent.DefaultPrivilege;
import dev.whimbrel.schema.AccessContent.Policy;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Policies of row-level security, and default privileges. */
final class PostgresqlIntrospectAccess {
  private static final String POLICIES =
      """
      select p.oid, n.nspname as schema, c.relname as relation, p.polname as name,
        n.oid as namespace, p.polpermissive as permissive, p.polcmd as command,
        (select array_agg(coalesce(r.rolname, 'PUBLIC')::text order by r.rolname)
          from unnest(p.polroles) u left join pg_roles r on r.oid = u) as roles,
        pg_get_expr(p.polqual, p.polrelid) as using_expression,
        pg_get_expr(p.polwithcheck, p.polrelid) as check_expression
      from pg_policy p
      join pg_class c on c.oid = p.polrelid
      join pg_namespace n on n.oid = c.relnamespace
      where {outside pg_class c.oid} and {outside pg_policy p.oid}
      """;
  private static final String DEFAULTS =
      """
      select pg_get_userbyid(d.defaclrole) as owner, coalesce(n.nspname, '') as schema,
        d.defaclnamespace as namespace, d.defaclobjtype as type, d.defaclacl::text[] as acl
      from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
      """;

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;

  PostgresqlIntrospectAccess(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    catalog.each(POLICIES, this::policy);
    if (catalog.options().grants()) {
      catalog.each(DEFAULTS, this::defaults);
    }
  }

  private void policy(CatalogRow row) throws SQLException {
    String schema = row.text("schema");
    if (!catalog.hasNamespace(row.oid("namespace"))
        && !catalog.options().outside().hasPolicySchema(schema)) {
      return;
    }
    FactId id = FactId.of(Kind.POLICY, schema, row.text("relation"), row.text("name"));
    Policy content =
        new Policy(
            row.flag("permissive"),
            command(row.text("command")),
            row.texts("roles"),
            parenthesised(row.textOrNull("using_expression")),
            parenthesised(row.textOrNull("check_expression")));
    catalog.add("pg_policy", row.oid("oid"), id, content);
  }

  private static @Nullable String parenthesised(@Nullable String expression) {
    return expression == null ? null : "(" + PostgresqlSpelling.settled(expression) + ")";
  }

  private static String command(String code) {
    return switch (code) {
      case "r" -> "SELECT";
      case "a" -> "INSERT";
      case "w" -> "UPDATE";
      case "d" -> "DELETE";
      default -> "ALL";
    };
  }

  private void defaults(CatalogRow row) throws SQLException {
    long namespace = row.oid("namespace");
    String role = row.text("owner");
    if (catalog.options().outside().hasRole(role)
        || (namespace != 0 && !catalog.hasNamespace(namespace))) {
      return;
    }
    String schema = row.text("schema");
    String type =
        switch (row.text("type")) {
          case "r" -> "TABLES";
          case "S" -> "SEQUENCES";
          case "f" -> "FUNCTIONS";
          case "T" -> "TYPES";
          case "n" -> "SCHEMAS";
          default -> "LARGE OBJECTS";
        };
    acl.compare(
        row.texts("acl"),
        role,
        namespace == 0 ? builtIn(row.text("type")) : Target.COLUMN,
        (grantee, privilege, mode) ->
            catalog
                .schema()
                .add(
                    FactId.of(Kind.DEFAULT_PRIVILEGE, role, schema, type, grantee, privilege),
                    new DefaultPrivilege(mode)));
  }

  private static Target builtIn(String type) {
    return switch (type) {
      case "r" -> Target.TABLE;
      case "S" -> Target.SEQUENCE;
      case "f" -> Target.ROUTINE;
      case "T" -> Target.TYPE;
      case "n" -> Target.SCHEMA;
      default -> Target.COLUMN;
    };
  }
}
