package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Locking;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An advisory lock of a transaction that stays open on a connection of its own.
 *
 * <p>It is only ever tried, never waited for: a blocked waiter has a snapshot, for which {@code
 * CREATE INDEX CONCURRENTLY} would wait for ever. It works through a transaction pooler, which
 * can't take a connection away in the middle of a transaction. Where a server has none, or grants
 * what it does not keep, the lock is a {@link PostgresqlLease}.
 */
final class PostgresqlLocking implements Locking {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final String NAME = "whimbrel lock ";
  private static final int NETWORK_TIMEOUT_MS = 30_000;

  /** When the transaction began, to the microsecond. */
  private static final String BEGAN = "extract(epoch from now())";

  /** Not supported, no such function, or not for this role. */
  private static final Set<String> MISSING = Set.of("0A000", "42883", "42501");

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
    return hash("whimbrel:" + home);
  }

  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  @Override
  public DeployLock open(DatabaseUrl url, String home, String run, Duration connectTimeout) {
    PostgresqlConnector connector = new PostgresqlConnector();
    Connection connection = connector.open(url, NAME + run, connectTimeout);
    return new AdvisoryLock(url, connection, home, run);
  }

  /** What came of asking for the lock. */
  private enum Answer {
    TAKEN,
    NOT_TAKEN,
    /** The server has no advisory locks, or only says so. */
    NO_LOCKS
  }

  private static final class AdvisoryLock implements DeployLock {
    private final DatabaseUrl url;
    private final Connection connection;
    private final String home;
    private final String run;
    private final long key;
    private final long ownKey;
    private @Nullable String began;
    private boolean fenced;
    private @Nullable PostgresqlLease lease;

    AdvisoryLock(DatabaseUrl url, Connection connection, String home, String run) {
      this.url = url;
      this.connection = connection;
      this.home = home;
      this.run = run;
      this.key = key(home);
      this.ownKey = hash(NAME + home + " " + run);
    }

    @Override
    public boolean tryAcquire() {
      try {
        if (lease == null) {
          connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MS);
          Answer answer = ask();
          if (answer != Answer.NO_LOCKS) {
            return answer == Answer.TAKEN;
          }
          lease = new PostgresqlLease(connection, home, run);
        }
        return lease.tryAcquire();
      } catch (SQLException e) {
        throw failure(e);
      }
    }

    private WhimbrelException failure(SQLException e) {
      PostgresqlFailures failures = new PostgresqlFailures();
      String message = failures.message(e);
      Problem.Builder problem =
          message.contains("statement pooling mode")
              ? PostgresqlPooler.statementMode(url)
              : switch (failures.meaning(e)) {
                case READ_ONLY -> Problem.of(ErrorCode.E_READ_ONLY, "apply.read-only");
                case NO_PERMISSION -> Problem.of(ErrorCode.E_PERMISSION, "history.no-right");
                case LOCK_TIMEOUT,
                    TRY_AGAIN,
                    NO_SUCH_TABLE,
                    NEEDS_NO_TRANSACTION,
                    CANCELLED,
                    DUPLICATE,
                    NO_ROOM,
                    CONNECTION_LOST,
                    OTHER ->
                    Problem.of(ErrorCode.E_UNREACHABLE, "lock.failed");
              };
      return problem.with("message", message).with("home", home).toException(e);
    }

    /** Takes the lock, and looks whether it is there: some servers grant what they don't keep. */
    private Answer ask() throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("begin isolation level read committed");
        statement.execute(SETTINGS);
        Answer answer = Answer.NO_LOCKS;
        try (ResultSet rows = statement.executeQuery(taking())) {
          if (rows.next() && rows.getBoolean(1) == rows.getBoolean(2)) {
            answer = rows.getBoolean(1) ? Answer.TAKEN : Answer.NOT_TAKEN;
            began = rows.getString(3);
          }
        } catch (SQLException e) {
          if (!MISSING.contains(String.valueOf(e.getSQLState()))) {
            throw e;
          }
        }
        if (answer != Answer.TAKEN) {
          statement.execute("rollback");
        }
        return answer;
      }
    }

    /** A lock that nobody but this run takes goes with it, and is gone when it is. */
    private String taking() {
      return "with taken as materialized (select pg_try_advisory_xact_lock("
          + key
          + ") as yes) select yes, yes and exists ("
          + holding()
          + " and taken.yes), "
          + BEGAN
          + ", yes and pg_try_advisory_xact_lock("
          + ownKey
          + ") from taken";
    }

    private String holding() {
      return "select from pg_catalog.pg_locks where locktype = 'advisory' and pid ="
          + " pg_backend_pid() and granted and "
          + keyCondition();
    }

    /** The lock lasts as long as the transaction that took it, which still is the one it was. */
    @Override
    public boolean isHeld() {
      if (lease != null) {
        return lease.isHeld();
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select " + BEGAN)) {
        return rows.next() && rows.getString(1).equals(began);
      } catch (SQLException e) {
        return false;
      }
    }

    @Override
    public List<String> fence() {
      return lease != null ? lease.fence() : fenced ? List.of(ownFence()) : List.of();
    }

    /** Divides by zero where this run's own lock can be taken, for then it is not held. */
    private String ownFence() {
      return "select 1 / (case when pg_catalog.pg_try_advisory_xact_lock("
          + ownKey
          + ") then 0 else 1 end)";
    }

    /** Behind what sends two connections to two servers, one knows no locks of the other. */
    @Override
    public boolean isFenced(Connection work) {
      if (lease == null) {
        try (Statement statement = work.createStatement()) {
          fenced = statement.execute(ownFence());
        } catch (SQLException e) {
          fenced = false;
        }
      }
      return fenced;
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
      if (lease != null) {
        return lease.holder();
      }
      String where =
          "a.pid in (select pid from pg_catalog.pg_locks where locktype = 'advisory' and granted"
              + " and "
              + keyCondition()
              + ")";
      try {
        List<SessionInfo> found = PostgresqlSessions.find(connection, where);
        return found.isEmpty() ? null : working(found.get(0));
      } catch (SQLException e) {
        return null;
      }
    }

    /** The holder, with what the same run's other session is at. */
    private SessionInfo working(SessionInfo holder) throws SQLException {
      String application = holder.application();
      String name =
          application.startsWith(NAME)
              ? new PostgresqlSessions().workName(home, application.substring(NAME.length()))
              : "";
      List<SessionInfo> work =
          PostgresqlSessions.find(
              connection,
              "a.state = 'active' and a.application_name = " + PostgresqlHistory.literalOf(name));
      return holder.withQuery(work.isEmpty() ? "" : work.get(0).query());
    }

    @Override
    public void close() {
      if (lease != null) {
        lease.close();
      }
      try {
        connection.close();
      } catch (SQLException e) {
        // The server ends the transaction, and with it the lock, when it notices.
        return;
      }
    }
  }
}
