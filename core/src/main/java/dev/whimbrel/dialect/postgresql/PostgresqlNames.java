package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.schema.CodeContent;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names as PostgreSQL reads them. What is in the schema {@code public} stands without it, unless
 * something of {@code pg_catalog} could be meant, which is searched first; routines always have
 * their schema, because their built-in namesakes are too many to know.
 */
final class PostgresqlNames {
  private static final int LONGEST = 63;
  private static final String PUBLIC = "public";
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("public\\.(\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_$]*)");

  /** Every key word that cannot stand everywhere a name can. */
  private static final Set<String> KEY_WORDS =
      Set.of(
          ("all analyse analyze and any array as asc asymmetric authorization between bigint binary"
                  + " bit boolean both case cast char character check coalesce collate collation"
                  + " column concurrently constraint create cross current_catalog current_date"
                  + " current_role current_schema current_time current_timestamp current_user dec"
                  + " decimal default deferrable desc distinct do else end except exists extract false"
                  + " fetch float for foreign freeze from full grant greatest group grouping having"
                  + " ilike in initially inner inout int integer intersect interval into is isnull"
                  + " join json json_array json_arrayagg json_exists json_object json_objectagg"
                  + " json_query json_scalar json_serialize json_table json_value lateral leading"
                  + " least left like limit localtime localtimestamp merge_action national natural"
                  + " nchar none normalize not notnull null nullif numeric offset on only or order out"
                  + " outer overlaps overlay placing position precision primary real references"
                  + " returning right row select session_user setof similar smallint some substring"
                  + " symmetric system_user table tablesample then time timestamp to trailing treat"
                  + " trim true union unique user using values varchar variadic verbose when where"
                  + " window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces"
                  + " xmlparse xmlpi xmlroot xmlserialize xmltable")
              .split(" "));

  /** The types of {@code pg_catalog}; a type of the same name needs its schema. */
  private static final Set<String> BUILT_IN_TYPES =
      Set.of(
          ("aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange"
                  + " anycompatiblenonarray anycompatiblerange anyelement anyenum anymultirange"
                  + " anynonarray anyrange bit bool box bpchar bytea char cid cidr circle cstring"
                  + " date datemultirange daterange event_trigger fdw_handler float4 float8"
                  + " gtsvector index_am_handler inet int2 int2vector int4 int4multirange int4range"
                  + " int8 int8multirange int8range internal interval json jsonb jsonpath"
                  + " language_handler line lseg macaddr macaddr8 money name numeric nummultirange"
                  + " numrange oid oid8 oidvector path point polygon record refcursor regclass"
                  + " regcollation regconfig regdatabase regdictionary regnamespace regoper"
                  + " regoperator regproc regprocedure regrole regtype table_am_handler text tid"
                  + " time timestamp timestamptz timetz trigger tsm_handler tsmultirange tsquery"
                  + " tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit"
                  + " varchar void xid xid8 xml decimal dec bigint boolean character float int"
                  + " integer real smallint double setof")
              .split(" "));

  private PostgresqlNames() {}

  /** A name with quotes where it needs them. */
  static String quote(String name) {
    return PLAIN.matcher(name).matches() && !KEY_WORDS.contains(name)
        ? name
        : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String list(List<String> names) {
    return String.join(", ", names.stream().map(PostgresqlNames::quote).toList());
  }

  /** A text as a literal. */
  static String literal(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
  }

  /** A table, view, sequence, index or other relation. */
  static String relation(String schema, String name) {
    return schema.equals(PUBLIC) && !name.startsWith("pg_")
        ? quote(name)
        : quote(schema) + "." + quote(name);
  }

  /** The relation that the first two names of a path lead to. */
  static String relation(FactId id) {
    return relation(id.segment(0), id.segment(1));
  }

  /** A type that a schema contains. */
  static String type(FactId id) {
    return id.segment(0).equals(PUBLIC)
            && !BUILT_IN_TYPES.contains(id.segment(1))
            && !id.segment(1).startsWith("pg_")
        ? quote(id.segment(1))
        : quote(id.segment(0)) + "." + quote(id.segment(1));
  }

  /** A name that always has its schema. */
  static String qualified(FactId id) {
    return quote(id.segment(0)) + "." + quote(id.segment(1));
  }

  /** The engine's text of a type, as people write it. */
  static String type(String text) {
    String type = text;
    var matcher = PUBLIC_TYPE.matcher(type);
    if (matcher.lookingAt()
        && !BUILT_IN_TYPES.contains(matcher.group(1))
        && !matcher.group(1).startsWith("pg_")) {
      type = type.substring("public.".length());
    }
    return type.replaceFirst("^character varying", "varchar")
        .replaceFirst("^character(?=\\(|\\[|$)", "char")
        .replaceFirst("^timestamp(\\(\\d\\))? without time zone", "timestamp$1")
        .replaceFirst("^timestamp(\\(\\d\\))? with time zone", "timestamptz$1")
        .replaceFirst("^time(\\(\\d\\))? without time zone", "time$1")
        .replaceFirst("^time(\\(\\d\\))? with time zone", "timetz$1");
  }

  static String routine(FactId id) {
    boolean all = id.kind() == Kind.AGGREGATE && id.segment(2).isEmpty();
    return qualified(id) + "(" + (all ? "*" : id.segment(2)) + ")";
  }

  /** The role of everybody has no quotes. */
  static String role(String name) {
    return name.equals("PUBLIC") ? "public" : quote(name);
  }

  /**
   * The name that PostgreSQL gives to an unnamed constraint, index or sequence; each part gives way
   * where the whole is too long.
   */
  static String invent(String table, String columns, String suffix) {
    int room = LONGEST - suffix.length() - 1 - (columns.isEmpty() ? 0 : 1);
    int first = table.length();
    int second = columns.length();
    while (first + second > room) {
      if (first > second) {
        first--;
      } else {
        second--;
      }
    }
    return table.substring(0, first)
        + (columns.isEmpty() ? "" : "_" + columns.substring(0, second))
        + "_"
        + suffix;
  }

  /** An object as COMMENT, ALTER and DROP name it: its kind, then its name. */
  static String object(FactId id, Schema schema) {
    return switch (id.kind()) {
      case NAMESPACE -> "schema " + quote(id.name());
      case EXTENSION -> "extension " + quote(id.name());
      case EVENT_TRIGGER -> "event trigger " + quote(id.name());
      case PUBLICATION -> "publication " + quote(id.name());
      case COLLATION -> "collation " + relation(id);
      case STATISTICS -> "statistics " + relation(id);
      case ENUM, COMPOSITE, RANGE -> "type " + type(id);
      case DOMAIN -> "domain " + type(id);
      case DOMAIN_CHECK -> "constraint " + quote(id.name()) + " on domain " + type(id);
      case SEQUENCE -> "sequence " + relation(id);
      case TABLE -> "table " + relation(id);
      case VIEW -> "view " + relation(id);
      case MATERIALIZED_VIEW -> "materialized view " + relation(id);
      case COLUMN -> "column " + relation(id) + "." + quote(id.name());
      case INDEX -> "index " + relation(id.segment(0), id.name());
      case PRIMARY_KEY, UNIQUE, CHECK, EXCLUSION, FOREIGN_KEY, NOT_NULL ->
          "constraint " + quote(id.name()) + " on " + relation(id);
      case TRIGGER -> "trigger " + quote(id.name()) + " on " + relation(id);
      case RULE -> "rule " + quote(id.name()) + " on " + relation(id);
      case POLICY -> "policy " + quote(id.name()) + " on " + relation(id);
      case AGGREGATE -> "aggregate " + routine(id);
      case ROUTINE -> (isProcedure(id, schema) ? "procedure " : "function ") + routine(id);
      case VERBATIM -> id.segment(0) + " " + id.segment(1);
      case DOMAIN_DEFAULT,
          PARTITION,
          INHERITANCE,
          IDENTITY,
          COLUMN_SETTING,
          COLUMN_DEFAULT,
          SEQUENCE_OWNER,
          CLUSTER,
          REPLICA_IDENTITY,
          ROW_SECURITY,
          PUBLICATION_TABLE,
          PUBLICATION_SCHEMA,
          OPTIONS,
          FIRING,
          COMMENT,
          OWNER,
          GRANT,
          DEFAULT_PRIVILEGE ->
          throw new IllegalArgumentException(id + " has no name of its own");
    };
  }

  static boolean isProcedure(FactId id, Schema schema) {
    return schema
        .find(id, CodeContent.Routine.class)
        .map(CodeContent.Routine::procedure)
        .orElse(false);
  }

  /** The table, view or materialized view that the first two names lead to, as ALTER names it. */
  static String altered(FactId id, Schema schema) {
    for (Kind kind : List.of(Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW)) {
      if (schema.contains(id.within(kind, 2))) {
        return object(id.within(kind, 2), schema);
      }
    }
    return "table " + relation(id);
  }
}
