package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.Witness;
import dev.whimbrel.sql.Statement;
import java.sql.Connection;

/** What SQLite runs alone can be run again: it vacuums, attaches, or sets a switch. */
final class SqliteWitness implements Witness {
  @Override
  public String before(Connection connection, Statement statement) {
    return "";
  }

  @Override
  public Outcome after(Connection connection, Statement statement, String remembered) {
    return switch (statement.words().isEmpty() ? "" : statement.words().get(0)) {
      case "vacuum", "pragma", "attach", "detach", "analyze", "reindex" -> Outcome.NOT_DONE;
      default -> Outcome.UNKNOWN;
    };
  }
}
