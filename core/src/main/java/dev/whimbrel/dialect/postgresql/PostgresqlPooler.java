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

  static Problem.Builder statementMode(DatabaseUrl url) {
    return Problem.of(ErrorCode.E_POOLER, "pooler.statement")
        .with("url", url)
        .with("instead", instead(url));
  }

  /** The way around the pooler, where the platform's names tell. */
  static String instead(DatabaseUrl url) {
    String hosts = url.hosts();
    if (hosts.contains(".pooler.supabase.com") || hosts.contains(".supabase.co:6543")) {
      String session = hosts.contains(".pooler.") ? "Supabase's session mode" : "the server itself";
      return session + ", on port 5432: " + at(url, ":6543", ":5432");
    }
    if (hosts.contains("-pooler.") && hosts.contains("neon.")) {
      return "the server itself, which is Neon's host without -pooler: " + at(url, "-pooler.", ".");
    }
    if (hosts.contains("pgbouncer.") && hosts.contains(".flympg.net")) {
      return "the server itself, which is Fly's direct URL: " + at(url, "pgbouncer.", "direct.");
    }
    if (hosts.contains(".railway.internal") || hosts.contains(".rlwy.net")) {
      return "the server itself: Railway has its URL in DATABASE_UNPOOLED_URL of the PgBouncer service"
          + " (DATABASE_PUBLIC_UNPOOLED_URL from outside)";
    }
    if (hosts.contains(".db.ondigitalocean.com") && hosts.contains(":25061")) {
      return "the server itself, on port 25060: " + at(url, ":25061", ":25060");
    }
    if (hosts.contains(".postgres.database.azure.com") && hosts.contains(":6432")) {
      return "the server itself, on port 5432: " + at(url, ":6432", ":5432");
    }
    if (hosts.contains(".amazonaws.com")) {
      return "the server itself: on Heroku its URL is in DATABASE_URL, and that of the pooler in"
          + " DATABASE_CONNECTION_POOL_URL";
    }
    return "the server itself, or a pooler in session mode";
  }

  private static String at(DatabaseUrl url, String from, String to) {
    return url.toString().replace(url.hosts(), url.hosts().replace(from, to));
  }
}
