package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.object;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.relation;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.role;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.AccessContent;
import dev.whimbrel.schema.AccessContent.DefaultPrivilege;
import dev.whimbrel.schema.AccessContent.Grant;
import dev.whimbrel.schema.AccessContent.GrantMode;
import dev.whimbrel.schema.AccessContent.Owner;
import dev.whimbrel.schema.AccessContent.Policy;
import dev.whimbrel.schema.AccessContent.RowSecurity;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Owners, privileges and row-level security. */
final class PostgresqlRenderAccess {
  private PostgresqlRenderAccess() {}

  static void create(FactId id, AccessContent content, List<Fact> parts, Out out) {
    switch (content) {
      case Owner owner ->
          out.add("alter %s owner to %s", object(id.target(), out.to()), quote(owner.role()));
      case Grant grant -> grant(id, grant.mode(), names(id, parts), out);
      case DefaultPrivilege privilege -> grantByDefault(id, privilege.mode(), out);
      case RowSecurity security -> secure(id, new RowSecurity(false, false), security, out);
      case Policy policy -> policy(id, policy, out);
    }
  }

  static void drop(FactId id, AccessContent content, List<Fact> parts, Out out) {
    switch (content) {
      case Owner ignored -> {}
      case Grant grant -> ungrant(id, grant.mode(), names(id, parts), out);
      case DefaultPrivilege privilege -> ungrantByDefault(id, privilege.mode(), out);
      case RowSecurity security -> secure(id, security, new RowSecurity(false, false), out);
      case Policy ignored -> out.add("drop policy %s on %s", quote(id.name()), relation(id));
    }
  }

  static void alter(FactId id, AccessContent before, AccessContent after, Out out) {
    switch (after) {
      case Owner owner -> create(id, owner, List.of(), out);
      case Grant grant -> regrant(id, ((Grant) before).mode(), grant.mode(), out);
      case DefaultPrivilege privilege -> {
        ungrantByDefault(id, ((DefaultPrivilege) before).mode(), out);
        grantByDefault(id, privilege.mode(), out);
      }
      case RowSecurity security -> secure(id, (RowSecurity) before, security, out);
      case Policy policy -> alterPolicy(id, (Policy) before, policy, out);
    }
  }

  /** The privileges of one role that stand in one statement. */
  private static String names(FactId id, List<Fact> parts) {
    List<String> names = new ArrayList<>(List.of(id.name()));
    parts.forEach(part -> names.add(part.id().name()));
    FactId target = id.target();
    String columns = target.kind() == Kind.COLUMN ? " (" + quote(target.name()) + ")" : "";
    return String.join(
        ", ",
        names.stream()
            .sorted(
                Comparator.comparingInt(PostgresqlDependencies::privilegePlace)
                    .thenComparing(Comparator.naturalOrder()))
            .map(name -> name.toLowerCase(Locale.ROOT) + columns)
            .toList());
  }

  private static String grantee(FactId id) {
    return role(id.segment(id.path().size() - 2));
  }

  private static void grant(FactId id, GrantMode mode, String names, Out out) {
    String on = on(id.target(), out);
    switch (mode) {
      case GRANTED -> out.add("grant %s on %s to %s", names, on, grantee(id));
      case WITH_GRANT_OPTION ->
          out.add("grant %s on %s to %s with grant option", names, on, grantee(id));
      case REVOKED -> out.add("revoke %s on %s from %s", names, on, grantee(id));
    }
  }

  private static void ungrant(FactId id, GrantMode mode, String names, Out out) {
    String verb = mode == GrantMode.REVOKED ? "grant" : "revoke";
    String word = mode == GrantMode.REVOKED ? "to" : "from";
    out.add("%s %s on %s %s %s", verb, names, on(id.target(), out), word, grantee(id));
  }

  private static void regrant(FactId id, GrantMode before, GrantMode after, Out out) {
    if (before == GrantMode.WITH_GRANT_OPTION && after == GrantMode.GRANTED) {
      out.add(
          "revoke grant option for %s on %s from %s",
          names(id, List.of()), on(id.target(), out), grantee(id));
    } else {
      grant(id, after, names(id, List.of()), out);
    }
  }

  private static String on(FactId target, Out out) {
    return switch (target.kind()) {
      case TABLE, VIEW, MATERIALIZED_VIEW -> relation(target);
      case COLUMN -> relation(target);
      case AGGREGATE ->
          "function "
              + PostgresqlNames.routine(target).replace("(*)", "()").replace(" ORDER BY ", ", ");
      case VERBATIM ->
          switch (target.segment(0)) {
            case "foreign table" -> target.name();
            case "server" -> "foreign server " + target.name();
            default -> object(target, out.to());
          };
      default -> object(target, out.to().contains(target) ? out.to() : out.from());
    };
  }

  private static void grantByDefault(FactId id, GrantMode mode, Out out) {
    boolean revoked = mode == GrantMode.REVOKED;
    out.add(
        "%s %s %s on %s %s %s%s",
        defaults(id),
        revoked ? "revoke" : "grant",
        id.segment(4).toLowerCase(Locale.ROOT),
        objects(id),
        revoked ? "from" : "to",
        role(id.segment(3)),
        mode == GrantMode.WITH_GRANT_OPTION ? " with grant option" : "");
  }

  private static void ungrantByDefault(FactId id, GrantMode mode, Out out) {
    boolean revoked = mode == GrantMode.REVOKED;
    out.add(
        "%s %s %s on %s %s %s",
        defaults(id),
        revoked ? "grant" : "revoke",
        id.segment(4).toLowerCase(Locale.ROOT),
        objects(id),
        revoked ? "to" : "from",
        role(id.segment(3)));
  }

  private static String defaults(FactId id) {
    return "alter default privileges for role "
        + quote(id.segment(0))
        + (id.segment(1).isEmpty() ? "" : " in schema " + quote(id.segment(1)));
  }

  private static String objects(FactId id) {
    return id.segment(2).toLowerCase(Locale.ROOT);
  }

  private static void secure(FactId id, RowSecurity before, RowSecurity after, Out out) {
    if (before.enabled() != after.enabled()) {
      out.add(
          "alter table %s %s row level security",
          relation(id), after.enabled() ? "enable" : "disable");
    }
    if (before.forced() != after.forced()) {
      out.add(
          "alter table %s %sforce row level security", relation(id), after.forced() ? "" : "no ");
    }
  }

  private static void policy(FactId id, Policy policy, Out out) {
    out.add(
        "create policy %s on %s%s%s%s%s%s",
        quote(id.name()),
        relation(id),
        policy.permissive() ? "" : " as restrictive",
        policy.command().equals("ALL") ? "" : " for " + policy.command().toLowerCase(Locale.ROOT),
        policy.roles().equals(List.of("PUBLIC")) ? "" : " to " + roles(policy),
        policy.using() == null ? "" : "\n  using " + policy.using(),
        policy.check() == null ? "" : "\n  with check " + policy.check());
  }

  private static void alterPolicy(FactId id, Policy before, Policy after, Out out) {
    out.add(
        "alter policy %s on %s%s%s%s",
        quote(id.name()),
        relation(id),
        before.roles().equals(after.roles()) ? "" : " to " + roles(after),
        after.using() == null ? "" : "\n  using " + after.using(),
        after.check() == null ? "" : "\n  with check " + after.check());
  }

  private static String roles(Policy policy) {
    return String.join(", ", policy.roles().stream().map(PostgresqlNames::role).toList());
  }
}
