package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Transactions;
import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** SQLite runs all DDL in transactions; a few commands work, or mean something, only outside. */
final class SqliteTransactions implements Transactions {
  @Override
  public boolean isSetting(Statement statement) {
    return false;
  }

  @Override
  public Kind kind(Statement statement) {
    return switch (statement.words().isEmpty() ? "" : statement.words().get(0)) {
      case "begin", "commit", "end", "rollback", "savepoint", "release" -> Kind.CONTROLS;
      case "vacuum", "attach", "detach" -> Kind.ALONE;
      case "pragma" ->
          statement.words().contains("foreign_keys") || statement.words().contains("journal_mode")
              ? Kind.ALONE
              : Kind.WITHIN;
      default -> Kind.WITHIN;
    };
  }

  @Override
  public List<String> probe(Connection connection) {
    return List.of();
  }

  @Override
  public List<String> begin(Settings settings) {
    return List.of(
        "pragma busy_timeout = " + Math.min(settings.lockTimeout().toMillis(), Integer.MAX_VALUE),
        "begin immediate");
  }

  @Override
  public List<String> beforeBookkeeping() {
    return List.of();
  }

  @Override
  public List<String> lockTimeout(Duration timeout) {
    return List.of();
  }

  @Override
  public List<String> beforeAlone(Settings settings, boolean demanded, Statement statement) {
    return List.of();
  }

  @Override
  public List<String> aside(String bookkeeping) {
    return List.of(bookkeeping);
  }

  @Override
  public List<String> afterAlone() {
    return List.of();
  }

  @Override
  public void copy(Connection connection, Statement statement, String rows) throws SQLException {
    throw new SQLException("SQLite has no COPY");
  }

  @Override
  public void cancel(Connection connection) {
    // There is no COPY that could be cancelled.
  }

  /** Foreign keys are off while tables are rebuilt, so they are looked at before the commit. */
  @Override
  public List<String> violations(Connection connection) throws SQLException {
    List<String> found = new ArrayList<>();
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("pragma foreign_key_check")) {
      while (rows.next()) {
        found.add(
            "row %s of %s has no row in %s (foreign key %s)"
                .formatted(
                    rows.getString(2), rows.getString(1), rows.getString(3), rows.getString(4)));
      }
    }
    return found;
  }

  @Override
  public boolean isWhole(Statement statement) {
    return switch (statement.words().isEmpty() ? "" : statement.words().get(0)) {
      case "insert", "update", "delete", "replace", "create", "alter", "drop" -> true;
      default -> false;
    };
  }

  @Override
  public void checkAlone(DatabaseUrl url, Connection connection, Duration timeout) {
    // Nothing stands between a process and its file.
  }
}
