package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Witness;
import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at the catalog before and after.
 *
 * <p>A concurrent index build that was cut off leaves an invalid index, which is dropped here; a
 * valid index that was not there before is the statement's own work.
 */
final class PostgresqlWitness implements Witness {
  private enum Subject {
    CREATE_INDEX,
    DROP_INDEX,
    CREATE_DATABASE,
    DROP_DATABASE,
    DETACH,
    REINDEX,
    HARMLESS,
    OTHER
  }

  private static Subject subject(Statement statement) {
    List<String> words = statement.words();
    boolean concurrently = words.contains("concurrently");
    return switch (words.isEmpty() ? "" : words.get(0)) {
      case "create" ->
          concurrently && words.contains("index")
              ? Subject.CREATE_INDEX
              : statement.startsWith("create", "database")
                  ? Subject.CREATE_DATABASE
                  : Subject.OTHER;
      case "drop" ->
          concurrently && statement.startsWith("drop", "index")
              ? Subject.DROP_INDEX
              : statement.startsWith("drop", "database") ? Subject.DROP_DATABASE : Subject.OTHER;
      case "alter" ->
          concurrently && words.contains("detach")
              ? Subject.DETACH
              : statement.startsWith("alter", "system") ? Subject.HARMLESS : Subject.OTHER;
      case "reindex" -> Subject.REINDEX;
      case "vacuum", "analyze", "cluster", "discard" -> Subject.HARMLESS;
      default -> Subject.OTHER;
    };
  }

  @Override
  public String before(Connection connection, Statement statement) throws SQLException {
    TargetNames names = new TargetNames(statement.text());
    return switch (subject(statement)) {
      case CREATE_INDEX -> {
        dropInvalid(connection, abandonedOf(indexTable(names), indexName(names)), Set.of());
        yield one(connection, indexesOf(indexTable(names)));
      }
      case DROP_INDEX ->
          one(
              connection,
              "select ("
                  + regclass(names.after("concurrently", "if", "exists"))
                  + " is not null)::text");
      case CREATE_DATABASE, DROP_DATABASE -> one(connection, databaseExists(names));
      case REINDEX -> one(connection, INVALID);
      case DETACH, HARMLESS, OTHER -> "";
    };
  }

  @Override
  public Outcome after(Connection connection, Statement statement, String remembered)
      throws SQLException {
    TargetNames names = new TargetNames(statement.text());
    return switch (subject(statement)) {
      case CREATE_INDEX -> indexBuild(connection, names, remembered);
      case DROP_INDEX -> {
        String now = before(connection, statement);
        yield remembered.equals("true") && now.equals("false") ? Outcome.DONE : Outcome.NOT_DONE;
      }
      case CREATE_DATABASE -> {
        String now = one(connection, databaseExists(names));
        yield remembered.equals("false") && now.equals("true") ? Outcome.DONE : Outcome.NOT_DONE;
      }
      case DROP_DATABASE -> {
        String now = one(connection, databaseExists(names));
        yield remembered.equals("true") && now.equals("false") ? Outcome.DONE : Outcome.NOT_DONE;
      }
      case REINDEX -> {
        dropInvalid(
            connection,
            "select unnest(string_to_array((" + INVALID + "), ','))::oid",
            ids(remembered));
        yield Outcome.NOT_DONE;
      }
      case DETACH -> detach(connection, names);
      case HARMLESS -> Outcome.NOT_DONE;
      case OTHER -> Outcome.UNKNOWN;
    };
  }

  private static Outcome indexBuild(Connection connection, TargetNames names, String remembered)
      throws SQLException {
    Set<String> before = ids(remembered);
    String table = indexTable(names);
    dropInvalid(connection, invalidOf(table), before);
    String name = indexName(names);
    String sameName = name.isEmpty() ? "" : " and i.indexrelid = " + indexClass(table, name);
    String valid =
        "select coalesce(string_agg(i.indexrelid::text, ','), '') from pg_catalog.pg_index i where"
            + " i.indisvalid and i.indrelid = "
            + regclass(table)
            + sameName;
    Set<String> now = ids(one(connection, valid));
    now.removeAll(before);
    return now.isEmpty() ? Outcome.NOT_DONE : Outcome.DONE;
  }

  private static Outcome detach(Connection connection, TargetNames names) throws SQLException {
    String parent = names.after("table", "if", "exists", "only");
    String child = names.after("partition");
    String pending =
        one(
            connection,
            "select coalesce((select inhdetachpending::text from pg_catalog.pg_inherits where inhparent = "
                + regclass(parent)
                + " and inhrelid = "
                + regclass(child)
                + "), 'gone')");
    if (pending.equals("true")) {
      run(connection, "alter table " + parent + " detach partition " + child + " finalize");
    }
    return pending.equals("false") ? Outcome.NOT_DONE : Outcome.DONE;
  }

  private static final String INVALID =
      "select coalesce(string_agg(indexrelid::text, ','), '') from pg_catalog.pg_index where not indisvalid";

  private static String indexTable(TargetNames names) {
    return names.after("on", "only");
  }

  private static String indexName(TargetNames names) {
    return names.after("concurrently", "if", "not", "exists");
  }

  /** An index is created in its table's schema, whatever the search path says. */
  private static String indexClass(String table, String name) {
    return "(select c.oid from pg_catalog.pg_class c, pg_catalog.pg_class t where t.oid = "
        + regclass(table)
        + " and c.relnamespace = t.relnamespace and c.relname = (parse_ident("
        + PostgresqlHistory.literalOf(name)
        + "))[1])";
  }

  private static String regclass(String name) {
    return "to_regclass(" + PostgresqlHistory.literalOf(name) + ")";
  }

  private static String indexesOf(String table) {
    return "select coalesce(string_agg(indexrelid::text, ','), '') from pg_catalog.pg_index where indrelid = "
        + regclass(table);
  }

  private static String invalidOf(String table) {
    return "select indexrelid from pg_catalog.pg_index where not indisvalid and indrelid = "
        + regclass(table);
  }

  /** The invalid index of this name, unless somebody is building it just now. */
  private static String abandonedOf(String table, String name) {
    return invalidOf(table)
        + (name.isEmpty() ? " and false" : " and indexrelid = " + indexClass(table, name))
        + " and not exists (select from pg_catalog.pg_locks l where l.relation = indexrelid"
        + " and l.database = (select oid from pg_catalog.pg_database where datname = current_database())"
        + " and l.pid <> pg_backend_pid())";
  }

  private static String databaseExists(TargetNames names) {
    return "select exists (select from pg_catalog.pg_database where datname = (parse_ident("
        + PostgresqlHistory.literalOf(names.after("database", "if", "not", "exists"))
        + "))[1])::text";
  }

  private static void dropInvalid(Connection connection, String query, Set<String> keep)
      throws SQLException {
    List<String> names = new ArrayList<>();
    String sql =
        "select i.indexrelid::text, quote_ident(n.nspname) || '.' || quote_ident(c.relname)"
            + " from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid"
            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
            + " where not i.indisvalid and i.indexrelid in ("
            + query
            + ")";
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        if (!keep.contains(rows.getString(1))) {
          names.add(rows.getString(2));
        }
      }
    }
    for (String name : names) {
      run(connection, "drop index concurrently if exists " + name);
    }
  }

  private static Set<String> ids(String text) {
    return text.isEmpty() ? new HashSet<>() : new HashSet<>(List.of(text.split(",")));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      String text = rows.next() ? rows.getString(1) : null;
      return text == null ? "" : text;
    }
  }
}
