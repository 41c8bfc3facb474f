package dev.whimbrel.acceptance.faults;

import dev.whimbrel.dialect.postgresql.PostgresqlIntrospector;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.schema.CanonicalText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run left: all that must be the same whether or not it was disturbed.
 *
 * @param schema its canonical text
 * @param rows of every table of the user's, sorted; an index that is not valid would be one more
 * @param history what is applied, with which SQL, how often the journal says so, and the schema
 *     that is remembered
 */
record Snapshot(String schema, List<String> rows, List<String> history) {
  private static final String TABLES =
      "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in"
          + " ('pg_catalog', 'information_schema', 'whimbrel') order by 1";
  private static final String HISTORY =
      """
      select format('%s %s %s %s %s %s applied %s times', id, revises, message, checksum, chain,
        md5(upgrade || coalesce(downgrade, '')), (select count(*) from whimbrel.journal j
          where j.revision = r.id and event = 'upgraded'))
      from whimbrel.revision r
      union all select 'remembers ' || md5(value) from whimbrel.meta where key = 'schema'
      order by 1
      """;

  static Snapshot of(Connection connection) throws SQLException {
    String schema =
        CanonicalText.of(
            new PostgresqlIntrospector().introspect(connection, IntrospectOptions.defaults()));
    List<String> rows = new ArrayList<>();
    for (String table : strings(connection, TABLES)) {
      String sql = "select '" + table + " ' || t::text from " + table + " t order by 1";
      rows.addAll(strings(connection, sql));
    }
    rows.addAll(
        strings(
            connection,
            "select 'invalid ' || indexrelid::regclass from pg_index where not indisvalid"));
    return new Snapshot(schema, rows, strings(connection, HISTORY));
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
