package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Locking;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An advisory lock of a transaction that stays open on a connection of its own.
 *
 * <p>It is only ever tried, never waited for: a blocked waiter has a snapshot, for which {@code
 * CREATE INDEX CONCURRENTLY} would wait for ever. It works through a transaction pooler, which
 * can't take a connection away in the middle of a transaction.
 */
final class PostgresqlLocking implements Locking {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int NETWORK_TIMEOUT_MS = 30_000;

  /** The transaction may be long and idle, but a host that vanished must not keep the lock. */
  private static final String SETTINGS =
      """
      select set_config(s.name, v.value, true) from pg_catalog.pg_settings s
      join (values ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'),
        ('statement_timeout', '0'), ('lock_timeout', '0'), ('tcp_keepalives_idle', '10'),
        ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')) v (name, value)
      on v.name = s.name\
      """;

  /** The lock's number; advisory locks of two databases never meet. */
  static long key(String home) {
    long hash = FNV_OFFSET;
    for (byte b : ("whimbrel:" + home).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  @Override
  public DeployLock open(DatabaseUrl url, String home, String run, Duration connectTimeout) {
    PostgresqlConnector connector = new PostgresqlConnector();
    Connection connection = connector.open(url, "whimbrel lock " + run, connectTimeout);
    return new AdvisoryLock(connection, key(home));
  }

  private static final class AdvisoryLock implements DeployLock {
    private final Connection connection;
    private final long key;

    AdvisoryLock(Connection connection, long key) {
      this.connection = connection;
      this.key = key;
    }

    @Override
    public boolean tryAcquire() {
      try (Statement statement = connection.createStatement()) {
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MS);
        statement.execute("begin isolation level read committed");
        statement.execute(SETTINGS);
        if (isTrue(statement, "select pg_try_advisory_xact_lock(" + key + ")")) {
          return true;
        }
        statement.execute("rollback");
        return false;
      } catch (SQLException e) {
        throw Problem.of(ErrorCode.E_UNREACHABLE, "lock.failed")
            .with("message", String.valueOf(e.getMessage()))
            .toException(e);
      }
    }

    private static boolean isTrue(Statement statement, String sql) throws SQLException {
      try (ResultSet rows = statement.executeQuery(sql)) {
        return rows.next() && rows.getBoolean(1);
      }
    }

    @Override
    public boolean isHeld() {
      try (Statement statement = connection.createStatement()) {
        return isTrue(
            statement,
            "select exists (select from pg_catalog.pg_locks where locktype = 'advisory' and pid ="
                + " pg_backend_pid() and granted and "
                + keyCondition()
                + ")");
      } catch (SQLException e) {
        return false;
      }
    }

    private String keyCondition() {
      return "classid::bigint = "
          + (key >>> 32)
          + " and objid::bigint = "
          + (key & 0xffffffffL)
          + " and objsubid = 1"
          + " and database = (select oid from pg_catalog.pg_database"
          + " where datname = current_database())";
    }

    @Override
    public @Nullable SessionInfo holder() {
      String where =
          "a.pid in (select pid from pg_catalog.pg_locks where locktype = 'advisory' and granted"
              + " and "
              + keyCondition()
              + ")";
      try {
        List<SessionInfo> found = PostgresqlSessions.find(connection, where);
        return found.isEmpty() ? null : found.get(0);
      } catch (SQLException e) {
        return null;
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        // The server ends the transaction, and with it the lock, when it notices.
        return;
      }
    }
  }
}
