package dev.whimbrel.introspect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs catalog queries. */
public final class CatalogQuery {
  private static final int FETCH = 5000;

  private CatalogQuery() {}

  /** Takes one row. */
  @FunctionalInterface
  public interface Reader {
    void read(CatalogRow row) throws SQLException;
  }

  /** Runs a query and gives each row to {@code reader}. */
  public static void each(Connection connection, String sql, Reader reader) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery(sql)) {
        CatalogRow row = new CatalogRow(rows);
        while (rows.next()) {
          reader.read(row);
        }
      }
    }
  }
}
