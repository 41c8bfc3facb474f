package dev.whimbrel.apply;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.Transactions;
import dev.whimbrel.sql.CopyData;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The session that changes the database; not thread-safe. */
final class Work {
  private final Dialect dialect;
  private final Connection connection;
  private final Cancellation cancellation;

  Work(Dialect dialect, Connection connection, Cancellation cancellation) {
    this.dialect = dialect;
    this.connection = connection;
    this.cancellation = cancellation;
  }

  Connection connection() {
    return connection;
  }

  Transactions transactions() {
    return dialect.transactions();
  }

  /** Runs statements in one message where the engine takes several. */
  void run(List<String> sql) throws SQLException {
    if (sql.isEmpty()) {
      return;
    }
    if (dialect.capabilities().batches()) {
      run(String.join(";\n", sql));
      return;
    }
    for (String statement : sql) {
      run(statement);
    }
  }

  /** Runs one statement, which another thread may cancel meanwhile. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      cancellation.running(statement::cancel);
      try {
        cancellation.check();
        statement.execute(sql);
      } finally {
        cancellation.running(null);
      }
    }
  }

  /** Runs a statement of a revision, with the rows that follow it. */
  void run(dev.whimbrel.sql.Statement statement) throws SQLException {
    CopyData data = statement.data();
    if (data == null) {
      run(statement.text());
    } else {
      cancellation.running(() -> dialect.transactions().cancel(connection));
      try {
        cancellation.check();
        dialect.transactions().copy(connection, statement, data.text());
      } finally {
        cancellation.running(null);
      }
    }
  }

  /** Bookkeeping that must be written even when the run is cancelled. */
  void runUncancelled(List<String> sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  /** Takes back what is not committed; false when the connection is of no more use. */
  boolean rollback() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback");
      return true;
    } catch (SQLException e) {
      return alive();
    }
  }

  private boolean alive() {
    try {
      return !connection.isClosed() && connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }
}
