package dev.whimbrel.rehearse;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Statements that may fail without harm to the transaction around them. */
final class Tried {
  private Tried() {}

  /** Whether it went well. */
  static boolean run(Connection connection, boolean inTransaction, String sql) {
    return failure(connection, inTransaction, sql) == null;
  }

  /** How it failed; null when it went well. */
  static @Nullable SQLException failure(Connection connection, boolean inTransaction, String sql) {
    try (Statement statement = connection.createStatement()) {
      if (!inTransaction) {
        statement.execute(sql);
        return null;
      }
      statement.execute("savepoint whimbrel_try");
      try {
        statement.execute(sql);
        statement.execute("release savepoint whimbrel_try");
        return null;
      } catch (SQLException e) {
        statement.execute("rollback to savepoint whimbrel_try");
        return e;
      }
    } catch (SQLException e) {
      return e;
    }
  }
}
