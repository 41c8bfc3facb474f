package dev.whimbrel.source;

import dev.whimbrel.dialect.Failures;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a script on an empty database, statement by statement, each by itself. */
final class ScriptRunner {
  private final Failures failures;

  ScriptRunner(Failures failures) {
    this.failures = failures;
  }

  /**
   * Runs all statements; the rows of {@code COPY} are left out, they are no part of a schema.
   *
   * @throws WhimbrelException {@code E_SOURCE} with file, line and the engine's position for the
   *     first statement that fails
   */
  void run(Connection connection, Script script) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (Statement each : script.statements()) {
        if (each.data() == null) {
          run(statement, each);
        }
      }
    }
  }

  private void run(java.sql.Statement statement, Statement each) {
    try {
      statement.execute(each.text());
    } catch (SQLException e) {
      throw failed(each, e);
    }
  }

  private WhimbrelException failed(Statement statement, SQLException failure) {
    int position = failures.position(failure);
    @Nullable String extension = extension(statement.words());
    boolean missing = extension != null && failures.message(failure).contains("not available");
    Problem.Builder problem =
        missing
            ? Problem.of(ErrorCode.E_SOURCE, "source.extension")
                .with("extension", String.valueOf(extension))
            : Problem.of(ErrorCode.E_SOURCE, "source.statement")
                .with("message", failures.message(failure));
    return problem
        .at(position > 0 ? statement.placeAt(position) : statement.place())
        .statement(statement.text(), position)
        .toException(failure);
  }

  /** The extension that a statement creates; null for another statement. */
  private static @Nullable String extension(List<String> words) {
    if (words.size() < 3 || !words.subList(0, 2).equals(List.of("create", "extension"))) {
      return null;
    }
    int name = words.get(2).equals("if") && words.size() > 5 ? 5 : 2;
    return words.get(name).replace("\"", "");
  }
}
