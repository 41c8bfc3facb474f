package dev.whimbrel.source;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToIntFunction;

/** Runs the statements of a source one by one. */
final class SqlRun {
  private final Connection connection;
  private final ToIntFunction<SQLException> position;

  /**
   * A run.
   *
   * @param position where the engine points within a statement: 1-based, 0 if it does not
   */
  SqlRun(Connection connection, ToIntFunction<SQLException> position) {
    this.connection = connection;
    this.position = position;
  }

  void run(List<Statement> statements) {
    for (Statement statement : statements) {
      run(statement);
    }
  }

  void run(Statement statement) {
    if (statement.data() != null) {
      return;
    }
    try (java.sql.Statement jdbc = connection.createStatement()) {
      jdbc.setEscapeProcessing(false);
      jdbc.execute(statement.text());
    } catch (SQLException e) {
      int at = position.applyAsInt(e);
      throw Problem.of(ErrorCode.E_SOURCE, "source.statement")
          .with("reason", String.valueOf(e.getMessage()))
          .at(at > 0 ? statement.placeAt(at) : statement.place())
          .statement(statement.text(), at)
          .toException(e);
    }
  }
}
