package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.SessionInfo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock for servers without advisory locks: a row that says who deploys and until when.
 *
 * <p>A thread renews it; a holder that is killed, or stalls, loses it when it expires. Each taking
 * gets a token greater than all before, by which a holder that wakes up later is told from the one
 * that took over. Thread-safe.
 */
final class PostgresqlLease {
  private static final int SECONDS = 20;
  private static final long BEAT_MS = 5_000;

  /** Somebody else makes the table, or takes the lease, at the same moment. */
  private static final Set<String> CONTENTION =
      Set.of("55P03", "40001", "40P01", "23505", "42710", "42P06", "42P07", "XX000");

  private static final Set<String> NO_TABLE = Set.of("42P01", "3F000");
  private static final String EXPIRES =
      "expires = clock_timestamp() + interval '" + SECONDS + " seconds'";

  private final Connection connection;
  private final String home;
  private final String table;
  private final String run;
  private long token;
  private boolean closed;

  PostgresqlLease(Connection connection, String home, String run) {
    this.connection = connection;
    this.home = home;
    this.table = PostgresqlHistory.quoted(home) + ".lease";
    this.run = run;
  }

  synchronized boolean tryAcquire() throws SQLException {
    try {
      token = take();
    } catch (SQLException e) {
      rollback();
      String state = String.valueOf(e.getSQLState());
      if (NO_TABLE.contains(state)) {
        create();
      } else if (!CONTENTION.contains(state)) {
        throw e;
      }
    }
    if (token > 0) {
      Thread thread = new Thread(this::beat, "whimbrel-lease");
      thread.setDaemon(true);
      thread.start();
    }
    return token > 0;
  }

  private long take() throws SQLException {
    String sql =
        """
        insert into %1$s as l (name, token, holder, process, host, since, expires)
        values ('deploy', 1, %2$s, pg_backend_pid(), host(inet_client_addr()), clock_timestamp(),
          clock_timestamp() + interval '%3$d seconds')
        on conflict (name) do update set token = l.token + 1, holder = excluded.holder,
          process = excluded.process, host = excluded.host, since = excluded.since,
          expires = excluded.expires
        where l.expires <= clock_timestamp() returning token\
        """
            .formatted(table, PostgresqlHistory.literalOf("whimbrel lock " + run), SECONDS);
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin isolation level read committed");
      statement.execute("set local lock_timeout = 2000");
      long taken;
      try (ResultSet rows = statement.executeQuery(sql)) {
        taken = rows.next() ? rows.getLong(1) : 0;
      }
      statement.execute("commit");
      return taken;
    }
  }

  private void create() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema if not exists " + PostgresqlHistory.quoted(home));
      statement.execute(
          "create table if not exists "
              + table
              + " (name text primary key, token bigint not null, holder text not null,"
              + " process bigint not null, host text, since timestamptz not null,"
              + " expires timestamptz not null)");
    } catch (SQLException e) {
      if (!CONTENTION.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
    }
  }

  private void rollback() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback");
    }
  }

  private synchronized void beat() {
    try {
      long renewed = System.nanoTime();
      boolean held = true;
      while (held && !closed) {
        long left = BEAT_MS - (System.nanoTime() - renewed) / 1_000_000;
        if (left > 0) {
          wait(left);
        } else {
          held = isHeld();
          renewed = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renews it: only what is not lost can be. */
  synchronized boolean isHeld() {
    return token > 0 && change("update " + table + " set " + EXPIRES + " where token = " + token);
  }

  private boolean change(String sql) {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql) == 1;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Divides by zero once the token is another's; else nobody can take the row before the end. */
  synchronized List<String> fence() {
    return List.of(
        "update "
            + table
            + " set "
            + EXPIRES
            + " where 1 / (case when token = "
            + token
            + " then 1 else 0 end) = 1");
  }

  synchronized @Nullable SessionInfo holder() {
    String sql =
        "select process, holder, host, to_char(since at time zone 'UTC',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), token from "
            + table
            + " where expires > clock_timestamp()";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next()
          ? new SessionInfo(
              rows.getLong(1),
              rows.getString(2),
              rows.getString(3),
              Instant.parse(rows.getString(4)),
              "",
              "update "
                  + table
                  + " set expires = clock_timestamp() where token = "
                  + rows.getLong(5)
                  + ";")
          : null;
    } catch (SQLException e) {
      return null;
    }
  }

  /** Gives it back, if it is still ours. */
  synchronized void close() {
    if (token > 0 && !closed) {
      change("update " + table + " set expires = clock_timestamp() where token = " + token);
    }
    closed = true;
    notifyAll();
  }
}
