package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.LockMode;
import dev.whimbrel.hazard.Names;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.hazard.Severity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the role may do in the target what a plan does, and whether the server can. */
public final class Rights {
  private static final String RIGHT = "W351";
  private static final String EXTENSION = "W352";
  private static final Pattern CREATE_EXTENSION =
      Pattern.compile(
          "(?is)\\s*create\\s+extension\\s+(?:if\\s+not\\s+exists\\s+)?(\"[^\"]+\"|[\\w-]+)(?:.*?\\bversion\\s+'?([\\w.-]+))?.*");

  private final Connection target;
  private final String role;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Boolean> answers = new HashMap<>();
  private final Set<String> said = new TreeSet<>();

  /**
   * @param target only read
   * @param role that runs the revisions; empty for the one that is connected
   */
  public Rights(Connection target, String role) throws SQLException {
    this.target = target;
    this.role = role.isEmpty() ? text("select current_user") : role;
  }

  /** What is missing, once for each thing, in order. */
  public List<Finding> missing(List<Observation> plan) throws SQLException {
    for (Observation seen : plan) {
      Matcher extension = CREATE_EXTENSION.matcher(seen.statement().text());
      if (extension.matches()) {
        extension(seen, extension.group(1).replace("\"", ""), extension.group(2));
      }
      tables(seen);
      made(seen);
    }
    return List.copyOf(findings);
  }

  private void tables(Observation seen) throws SQLException {
    for (Map.Entry<Long, LockMode> lock : seen.locks().entrySet()) {
      Catalog.Relation relation = seen.origin().relations().get(lock.getKey());
      if (relation == null || relation.isIndex() || relation.kind() == 'S') {
        continue;
      }
      if (seen.changedRows().containsKey(relation.oid())) {
        rows(seen, relation);
      } else if (lock.getValue().compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) >= 0) {
        definition(seen, relation, lock.getValue());
      }
    }
  }

  private void rows(Observation seen, Catalog.Relation relation) throws SQLException {
    for (String word : List.of("insert", "update", "delete")) {
      if (seen.says(word)) {
        privilege(seen, relation, word);
      }
    }
  }

  private void definition(Observation seen, Catalog.Relation relation, LockMode mode)
      throws SQLException {
    boolean refersTo =
        mode == LockMode.SHARE_ROW_EXCLUSIVE
            && seen.after().constraints().values().stream()
                .anyMatch(each ->
                    each.target() == relation.oid()
                        && each.relation() != relation.oid()
                        && !seen.before().constraints().containsKey(each.oid()));
    if (refersTo) {
      privilege(seen, relation, "references");
    } else if (seen.says("truncate")) {
      privilege(seen, relation, "truncate");
    } else if (seen.says("lock")) {
      privilege(seen, relation, "update");
    } else if (mentions(seen, "trigger") && seen.says("create")) {
      privilege(seen, relation, "trigger");
    } else if (relation.parent() == 0
        && !has(
            "select pg_catalog.pg_has_role(?, c.relowner, 'USAGE') from pg_catalog.pg_class c where"
                + " c.oid = pg_catalog.to_regclass(?)",
            role,
            relation.qualified())) {
      String owner =
          text(
              "select pg_catalog.pg_get_userbyid(c.relowner) from pg_catalog.pg_class c where c.oid"
                  + " = pg_catalog.to_regclass(?)",
              relation.qualified());
      report(
          RIGHT,
          seen,
          relation.qualified(),
          "%s does not own %s, %s does: the server refuses the statement."
              .formatted(role, relation.qualified(), owner),
          "-- deploy as %s, or as its owner let %s have it:\nalter table %s owner to %2$s;"
              .formatted(owner, Names.quoted(role), relation.qualified()));
    }
  }

  private static boolean mentions(Observation seen, String word) {
    return seen.statement().words().contains(word);
  }

  private void privilege(Observation seen, Catalog.Relation relation, String privilege)
      throws SQLException {
    if (!has(
        "select pg_catalog.has_table_privilege(?, pg_catalog.to_regclass(?), ?)",
        role,
        relation.qualified(),
        privilege)) {
      report(
          RIGHT,
          seen,
          relation.qualified(),
          "%s has no right to %s %s: the server refuses the statement."
              .formatted(
                  role,
                  privilege.equals("references") ? "refer to" : privilege + " in",
                  relation.qualified()),
          "grant %s on %s to %s;".formatted(privilege, relation.qualified(), Names.quoted(role)));
    }
  }

  /** New relations need a right on their schema, new schemas one on the database. */
  private void made(Observation seen) throws SQLException {
    for (Catalog.Relation now : seen.after().relations().values()) {
      boolean old = seen.before().relations().containsKey(now.oid());
      if (!old
          && !now.isIndex()
          && seen.origin().schemas().containsValue(now.schema())
          && !has(
              "select pg_catalog.has_schema_privilege(?, (select oid from pg_catalog.pg_namespace"
                  + " where nspname = ?), 'CREATE')",
              role,
              now.schema())) {
        report(
            RIGHT,
            seen,
            now.qualified(),
            "%s may not create anything in the schema %s: the server refuses the statement."
                .formatted(role, now.schema()),
            "grant create on schema %s to %s;"
                .formatted(Names.quoted(now.schema()), Names.quoted(role)));
      }
    }
    for (String schema : seen.after().schemas().values()) {
      if (!seen.before().schemas().containsValue(schema)
          && !has(
              "select pg_catalog.has_database_privilege(?, pg_catalog.current_database(),"
                  + " 'CREATE')",
              role)) {
        report(
            RIGHT,
            seen,
            "",
            "%s may not create schemas in this database: the server refuses the statement."
                .formatted(role),
            "grant create on database %s to %s;"
                .formatted(
                    Names.quoted(text("select pg_catalog.current_database()")),
                    Names.quoted(role)));
      }
    }
  }

  private void extension(Observation seen, String name, @Nullable String version)
      throws SQLException {
    if (has("select exists (select from pg_catalog.pg_extension where extname = ?)", name)) {
      return;
    }
    String wanted = version == null ? "" : version;
    if (!has(
        "select exists (select from pg_catalog.pg_available_extension_versions where name = ? and"
            + " (? = '' or version = ?))",
        name,
        wanted,
        wanted)) {
      report(
          EXTENSION,
          seen,
          "",
          "The target's server does not have the extension %s%s."
              .formatted(name, wanted.isEmpty() ? "" : " " + wanted),
          "Install its package on the server, or have the platform allow it; then simulate again.");
    } else if (!has(
        """
        select (select rolsuper from pg_catalog.pg_roles where rolname = ?)
          or exists (select from pg_catalog.pg_available_extension_versions v
            where v.name = ? and (v.trusted or not v.superuser)
              and pg_catalog.has_database_privilege(?, pg_catalog.current_database(), 'CREATE'))\
        """,
        role,
        name,
        role)) {
      report(
          EXTENSION,
          seen,
          "",
          "%s may not create the extension %s: only a superuser may, or, if it is trusted, who may create in the database."
              .formatted(role, name),
          "create extension if not exists %s;  -- once, as a superuser, before the deployment"
              .formatted(Names.quoted(name)));
    }
  }

  private void report(String code, Observation seen, String relation, String message, String way) {
    if (said.add(message)) {
      findings.add(
          new Finding(
              code, Severity.ERROR, seen.revision(), seen.index(), relation, message, way, false));
    }
  }

  /** A question that is asked once; what does not exist is not missing. */
  private boolean has(String sql, String... values) throws SQLException {
    String question = sql + String.join("\n", values);
    Boolean known = answers.get(question);
    if (known == null) {
      known = !"f".equals(text(sql, values));
      answers.put(question, known);
    }
    return known;
  }

  private String text(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = target.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        String found = row.next() ? row.getString(1) : null;
        return found == null ? "" : found;
      }
    }
  }
}
