package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Tells what stands between us and the server.
 *
 * <p>A pooler makes up the process id of its protocol, so it differs from the server's; in
 * transaction mode the server's moves while another connection holds a transaction.
 */
enum PostgresqlPooler {
  NONE,
  SESSION,
  TRANSACTION;

  static PostgresqlPooler between(DatabaseUrl url, Connection connection, Duration timeout)
      throws SQLException {
    long server = new PostgresqlSessions().id(connection);
    if (protocolPid(connection) == server) {
      return NONE;
    }
    try (Connection other = new PostgresqlConnector().open(url, "whimbrel probe", timeout);
        Statement holding = other.createStatement()) {
      holding.execute("begin");
      long held = new PostgresqlSessions().id(other);
      long now = new PostgresqlSessions().id(connection);
      holding.execute("rollback");
      return held == server || now != server ? TRANSACTION : SESSION;
    }
  }

  private static long protocolPid(Connection connection) throws SQLException {
    try {
      Class<?> postgres = Class.forName("org.postgresql.PGConnection");
      Object pid = postgres.getMethod("getBackendPID").invoke(connection.unwrap(postgres));
      return ((Number) pid).longValue();
    } catch (ReflectiveOperationException e) {
      throw new SQLException(e);
    }
  }

  static void refuseTransactionMode(DatabaseUrl url, Connection connection, Duration timeout)
      throws SQLException {
    if (between(url, connection, timeout) == TRANSACTION) {
      throw Problem.of(ErrorCode.E_POOLER, "pooler.transaction")
          .with("url", url)
          .with("instead", instead(url))
          .toException();
    }
  }

  /** The way around the pooler, where the platform's names tell. */
  static String instead(DatabaseUrl url) {
    String hosts = url.hosts();
    if (hosts.contains(".pooler.supabase.com")) {
      return "the same host with port 5432, Supabase's session mode ("
          + hosts.replace(":6543", ":5432")
          + ")";
    }
    if (hosts.contains("-pooler.") && hosts.contains("neon.")) {
      return "the host without -pooler (" + hosts.replace("-pooler.", ".") + ")";
    }
    if (hosts.contains("pgbouncer.") && hosts.contains(".flympg.net")) {
      return "the server itself (" + hosts.replace("pgbouncer.", "direct.") + ")";
    }
    if (hosts.contains(".db.ondigitalocean.com") && hosts.contains(":25061")) {
      return "the server itself, port 25060 (" + hosts.replace(":25061", ":25060") + ")";
    }
    if (hosts.contains(".postgres.database.azure.com") && hosts.contains(":6432")) {
      return "the server itself, port 5432 (" + hosts.replace(":6432", ":5432") + ")";
    }
    if (hosts.contains(".compute") && hosts.contains(".amazonaws.com")) {
      return "the URL in DATABASE_URL, where Heroku's DATABASE_CONNECTION_POOL_URL was given";
    }
    return "the server itself, or a pooler in session mode";
  }
}
