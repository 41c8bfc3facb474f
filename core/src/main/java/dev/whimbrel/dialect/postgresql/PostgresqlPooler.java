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
 * transaction mode the server's moves, or is that of another connection too.
 */
enum PostgresqlPooler {
  NONE,
  SESSION,
  TRANSACTION;

  private static final String PROBES = "211212212111221";

  static PostgresqlPooler between(DatabaseUrl url, Connection connection, Duration timeout)
      throws SQLException {
    long server = new PostgresqlSessions().id(connection);
    if (protocolPid(connection) == server) {
      return NONE;
    }
    try (Connection other = new PostgresqlConnector().open(url, "whimbrel probe", timeout)) {
      return isShared(connection, other) ? TRANSACTION : SESSION;
    }
  }

  /**
   * Whether two connections don't have a server process each, for good. In a crowd, or in turns,
   * they may seem to for a while: so they are asked often, and in no regular order.
   */
  private static boolean isShared(Connection one, Connection other) throws SQLException {
    PostgresqlSessions sessions = new PostgresqlSessions();
    long first = sessions.id(one);
    long second = sessions.id(other);
    boolean shared = first == second;
    for (int i = 0; i < PROBES.length() && !shared; i++) {
      boolean ofOne = PROBES.charAt(i) == '1';
      shared = sessions.id(ofOne ? one : other) != (ofOne ? first : second);
    }
    return shared || isShuffled(one, first, other, second);
  }

  /** The same, while one of them is in a transaction. */
  private static boolean isShuffled(Connection one, long first, Connection other, long second)
      throws SQLException {
    try (Statement holding = other.createStatement()) {
      holding.execute("begin");
      long held = new PostgresqlSessions().id(other);
      long now = new PostgresqlSessions().id(one);
      holding.execute("rollback");
      return held != second || now != first;
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
      return "the server itself: Railway has its URL in DATABASE_UNPOOLED_URL of the PgBouncer"
          + " service (DATABASE_PUBLIC_UNPOOLED_URL from outside)";
    }
    if (hosts.contains(".db.ondigitalocean.com") && hosts.contains(":25061")) {
      return "the server itself, on port 25060, with the name of the database where the pool's"
          + " stands: "
          + at(url, ":25061", ":25060");
    }
    if (hosts.contains(".postgres.database.azure.com") && hosts.contains(":6432")) {
      return "the server itself, on port 5432: " + at(url, ":6432", ":5432");
    }
    if (hosts.contains(".proxy-") && hosts.contains(".rds.amazonaws.com")) {
      return "the server itself: the endpoint of the cluster or instance instead of RDS Proxy's";
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
