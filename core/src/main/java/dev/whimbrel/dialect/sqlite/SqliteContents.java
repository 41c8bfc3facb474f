package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.Contents;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code sqlite_master}. */
final class SqliteContents implements Contents {
  private final SqliteIntrospector introspector = new SqliteIntrospector();

  private static String own(String home) {
    String prefix = SqliteHistory.literalOf(home + "_");
    int length = home.length() + 1;
    return " from sqlite_master where name not like 'sqlite\\_%' escape '\\' and substr(name, 1, "
        + length
        + ") <> "
        + prefix
        + " and substr(tbl_name, 1, "
        + length
        + ") <> "
        + prefix;
  }

  @Override
  public List<String> userObjects(Connection connection, String home, int limit)
      throws SQLException {
    return strings(connection, "select name" + own(home) + " order by name limit " + limit);
  }

  @Override
  public Schema schema(Connection connection, String home) {
    return introspector.introspect(
        connection, IntrospectOptions.defaults().withHistorySchema(home));
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
