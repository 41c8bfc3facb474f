package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.dialect.Sessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code pg_stat_activity}; {@code pg_locks} tells what an idle session is not. */
final class PostgresqlSessions implements Sessions {
  private static String prefix(String home) {
    return "whimbrel " + String.format("%08x", (int) PostgresqlLocking.key(home)) + "-";
  }

  @Override
  public String workName(String home, String run) {
    return prefix(home) + run;
  }

  @Override
  public List<SessionInfo> orphans(Connection connection, String home) throws SQLException {
    return find(
        connection,
        "a.datname = current_database() and a.pid <> pg_backend_pid() and a.application_name like "
            + PostgresqlHistory.literalOf(prefix(home) + "%")
            + " and exists (select from pg_catalog.pg_locks l where l.pid = a.pid"
            + " and l.locktype = 'virtualxid')");
  }

  @Override
  public boolean end(Connection connection, SessionInfo session) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select pg_terminate_backend(" + session.process() + ")")) {
      return rows.next() && rows.getBoolean(1);
    } catch (SQLException e) {
      if ("42501".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public long id(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public List<SessionInfo> blockers(Connection observer, long id) throws SQLException {
    return find(observer, "a.pid = any (pg_blocking_pids(" + id + "))");
  }

  static List<SessionInfo> find(Connection connection, String where) throws SQLException {
    String sql =
        """
        select a.pid, coalesce(a.application_name, ''), coalesce(a.client_hostname, host(a.client_addr)),
          to_char(coalesce(a.xact_start, a.query_start, a.backend_start) at time zone 'UTC',
            'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          coalesce(left(a.query, 500), '')
        from (select pg_stat_clear_snapshot()) fresh, pg_catalog.pg_stat_activity a where %s order by a.pid\
        """
            .formatted(where);
    List<SessionInfo> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        String since = rows.getString(4);
        found.add(
            new SessionInfo(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                since == null ? null : Instant.parse(since),
                rows.getString(5),
                "select pg_terminate_backend(" + rows.getLong(1) + ");"));
      }
    }
    return found;
  }
}
