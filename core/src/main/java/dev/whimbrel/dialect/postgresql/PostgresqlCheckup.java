package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Checkup;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at TLS, the pooler, whether the server writes, and what the role may do. */
final class PostgresqlCheckup implements Checkup {
  private static final String DIRECT = "sslNegotiation";

  /** A role without the right to see it is not told the primary. */
  private static final String WRITABLE =
      "select case when pg_is_in_recovery() then 'a standby, which only reads'"
          + " || coalesce((select '; its primary is ' || sender_host || ':' || sender_port"
          + " from pg_stat_wal_receiver where sender_host is not null limit 1), '')"
          + " when current_setting('transaction_read_only') = 'on'"
          + " then 'a session whose transactions are read-only by default' else 'yes' end";

  @Override
  public List<Finding> examine(
      Connection connection, DatabaseUrl url, String home, Duration timeout) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    String encryption =
        one(
            connection,
            "select coalesce((select version || ' ' || cipher from pg_catalog.pg_stat_ssl"
                + " where pid = pg_backend_pid() and ssl), 'none')");
    String advice = encryption.equals("none") ? tlsAdvice(url) : directAdvice(url, timeout);
    findings.add(new Finding("tls", encryption, advice, null));
    findings.add(pooler(connection, url, timeout));
    findings.add(writable(connection));
    findings.add(role(connection, home));
    return findings;
  }

  private static String tlsAdvice(DatabaseUrl url) {
    boolean local = url.hosts().startsWith("localhost") || url.hosts().startsWith("127.");
    return local ? "" : "The connection is not encrypted: add sslmode=require to the URL.";
  }

  /** Since PostgreSQL 17 a client need not ask first; what is between may not know that. */
  private static String directAdvice(DatabaseUrl url, Duration timeout) {
    String mode = url.parameters().getOrDefault("sslmode", "prefer");
    boolean demanded = mode.equals("require") || mode.startsWith("verify-");
    if (!demanded || url.parameters().containsKey(DIRECT)) {
      return "";
    }
    DatabaseUrl direct = url.withParameter(DIRECT, "direct");
    try {
      new PostgresqlConnector().open(direct, "whimbrel doctor", timeout).close();
      return "The server takes TLS without being asked first: sslnegotiation=direct in the URL"
          + " saves a round trip at each connection.";
    } catch (SQLException | WhimbrelException e) {
      return "";
    }
  }

  private static Finding pooler(Connection connection, DatabaseUrl url, Duration timeout)
      throws SQLException {
    return switch (PostgresqlPooler.between(url, connection, timeout)) {
      case NONE -> new Finding("pooler", "none", "", null);
      case SESSION -> new Finding("pooler", "yes, in session mode", "", null);
      case TRANSACTION ->
          new Finding(
              "pooler",
              "yes, in transaction mode",
              "Statements that can't run in a transaction, such as create index concurrently, will"
                  + " be refused. Connect to "
                  + PostgresqlPooler.instead(url)
                  + " for migrations.",
              null);
    };
  }

  @Override
  public String whyReadOnly(Connection connection) throws SQLException {
    String state = one(connection, WRITABLE);
    return state.equals("yes") ? "" : "it is " + state;
  }

  private static Finding writable(Connection connection) throws SQLException {
    String state = one(connection, WRITABLE);
    return new Finding("writable", state, "", state.equals("yes") ? null : readOnly(state));
  }

  private static Problem readOnly(String why) {
    return Problem.of(ErrorCode.E_READ_ONLY, "apply.read-only").with("message", why).build();
  }

  private static Finding role(Connection connection, String home) throws SQLException {
    String schema = PostgresqlHistory.literalOf(home);
    String rights =
        one(
            connection,
            "select session_user || case when (select rolsuper from pg_catalog.pg_roles where"
                + " rolname = current_user) then ', superuser' else '' end || case when"
                + " has_database_privilege(current_database(), 'create') then ', may create"
                + " schemas' else '' end || case when has_schema_privilege('public', 'create') then"
                + " ', may create in public' else '' end");
    String able =
        one(
            connection,
            "select case when exists (select from pg_catalog.pg_namespace where nspname = "
                + schema
                + ") then has_schema_privilege("
                + schema
                + ", 'usage') else has_database_privilege(current_database(), 'create') end");
    return new Finding("role", rights, "", able.equals("t") ? null : noRight(home));
  }

  private static @Nullable Problem noRight(String home) {
    return Problem.of(ErrorCode.E_PERMISSION, "history.no-right").with("home", home).build();
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      String text = rows.next() ? rows.getString(1) : null;
      return text == null ? "" : text;
    }
  }
}
