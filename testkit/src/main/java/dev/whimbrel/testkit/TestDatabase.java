package dev.whimbrel.testkit;

import dev.whimbrel.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An empty database of a real PostgreSQL, dropped when closed. The user is the superuser.
 *
 * <p>In a test, declare a parameter of this type and {@code @ExtendWith(PostgresExtension.class)};
 * elsewhere use {@link PostgresExtension#create}.
 */
public final class TestDatabase implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final String name;

  TestDatabase(EmbeddedPostgres server, String name) {
    this.server = server;
    this.name = name;
  }

  /** The server it is on, shared by all tests of this JVM. */
  public EmbeddedPostgres server() {
    return server;
  }

  public String name() {
    return name;
  }

  /** A JDBC URL with user and password. */
  public String url() {
    return server.url(name);
  }

  /** A new connection, in auto-commit; the caller closes it. */
  public Connection connect() throws SQLException {
    return server.connect(name);
  }

  /** Runs SQL, one or more statements, on a connection of its own. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * The first column of the first row as text, or {@code ""} when there is no row or it is null.
   */
  public String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      String value = rows.next() ? rows.getString(1) : null;
      return value == null ? "" : value;
    }
  }

  /** Drops the database, whoever is still connected to it. */
  @Override
  public void close() throws SQLException {
    PostgresExtension.onServer(server, "drop database if exists \"" + name + "\" with (force)");
  }
}
