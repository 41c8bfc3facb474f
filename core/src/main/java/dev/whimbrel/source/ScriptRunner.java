package dev.whimbrel.source;

import dev.whimbrel.dialect.Failures;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs a script on an empty database, statement by statement, each by itself. */
final class ScriptRunner {
  private final Failures failures;
  private final @Nullable Map<String, String> origins;

  /**
   * For scripts whose statements fail as {@code failures} says.
   *
   * @param origins for statements that a framework made: the class behind each table, by its name
   *     with schema; null for statements that somebody wrote
   */
  ScriptRunner(Failures failures, @Nullable Map<String, String> origins) {
    this.failures = failures;
    this.origins = origins;
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
            : refused(statement).with("message", failures.message(failure));
    return problem
        .at(position > 0 ? statement.placeAt(position) : statement.place())
        .statement(statement.text(), position)
        .toException(failure);
  }

  private Problem.Builder refused(Statement statement) {
    if (origins == null) {
      return Problem.of(ErrorCode.E_SOURCE, "source.statement");
    }
    String text = statement.text().toLowerCase(Locale.ROOT);
    int body = text.indexOf('(');
    String head = body < 0 ? text : text.substring(0, body);
    String origin =
        origins.entrySet().stream()
            .filter(
                each -> head.matches("(?s).*\\b" + Pattern.quote(table(each.getKey())) + "\\b.*"))
            .map(Map.Entry::getValue)
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse("the entity it is about");
    return Problem.of(ErrorCode.E_SOURCE, "source.models-statement").with("origin", origin);
  }

  private static String table(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
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
