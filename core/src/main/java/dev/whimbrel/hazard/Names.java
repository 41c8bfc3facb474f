package dev.whimbrel.hazard;

import java.util.Set;
import java.util.regex.Pattern;

/** Writes names so that they can be pasted. */
public final class Names {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

  /** Reserved words of PostgreSQL that people do use as names. */
  private static final Set<String> RESERVED =
      Set.of(
          "all",
          "analyse",
          "analyze",
          "and",
          "any",
          "array",
          "as",
          "asc",
          "authorization",
          "both",
          "case",
          "cast",
          "check",
          "collate",
          "column",
          "constraint",
          "create",
          "current_date",
          "current_role",
          "current_time",
          "current_user",
          "default",
          "desc",
          "distinct",
          "do",
          "else",
          "end",
          "except",
          "false",
          "fetch",
          "for",
          "foreign",
          "freeze",
          "from",
          "full",
          "grant",
          "group",
          "having",
          "in",
          "initially",
          "inner",
          "intersect",
          "into",
          "is",
          "join",
          "lateral",
          "leading",
          "left",
          "like",
          "limit",
          "localtime",
          "natural",
          "not",
          "null",
          "offset",
          "on",
          "only",
          "or",
          "order",
          "outer",
          "placing",
          "primary",
          "references",
          "returning",
          "right",
          "select",
          "session_user",
          "similar",
          "some",
          "symmetric",
          "table",
          "then",
          "to",
          "trailing",
          "true",
          "union",
          "unique",
          "user",
          "using",
          "variadic",
          "verbose",
          "when",
          "where",
          "window",
          "with");

  private Names() {}

  /** The name, in double quotes where PostgreSQL needs them. */
  public static String quoted(String name) {
    return PLAIN.matcher(name).matches() && !RESERVED.contains(name)
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Schema and name, each quoted where needed. */
  public static String qualified(String schema, String name) {
    return quoted(schema) + "." + quoted(name);
  }

  /** Whether the relation is a table, not an index, view or sequence. */
  static boolean isTable(Observation seen, long oid) {
    Catalog.Relation relation = seen.relation(oid);
    return relation != null && relation.isTable();
  }

  /** What a relation belongs to: of a partition or its index the parent's, 0 for none. */
  static long parent(Catalog catalog, long oid) {
    Catalog.Relation relation = catalog.relations().get(oid);
    return relation == null ? 0 : relation.parent();
  }
}
