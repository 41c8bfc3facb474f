package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.Contents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code sqlite_master}. */
final class SqliteContents implements Contents {
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
  public String fingerprint(Connection connection, String home) throws SQLException {
    List<String> lines =
        strings(connection, "select type || ' ' || name || ' ' || coalesce(sql, '')" + own(home));
    List<String> flat = new ArrayList<>();
    for (String line : lines) {
      flat.add(String.join(" ", line.split("\\s+")));
    }
    flat.sort(null);
    return String.join("\n", flat);
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
