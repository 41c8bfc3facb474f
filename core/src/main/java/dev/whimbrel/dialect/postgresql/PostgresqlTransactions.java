package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Transactions;
import dev.whimbrel.sql.Statement;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Knows by its leading words what PostgreSQL refuses within a transaction. */
final class PostgresqlTransactions implements Transactions {
  /** How a server notices that its client is gone, in one query; the values last no longer. */
  private static final String WATCHED =
      """
      select s.name, v.value, set_config(s.name, v.value, true) from pg_catalog.pg_settings s
      join (values ('client_connection_check_interval', '2000'), ('tcp_keepalives_idle', '10'),
        ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')) v (name, value)
      on v.name = s.name where s.context = 'user'
      """;

  private static final String RESET = "reset session authorization; reset role; reset all";

  @Override
  public boolean isSetting(Statement statement) {
    List<String> words = statement.words();
    if (words.size() < 2) {
      return false;
    }
    return switch (words.get(0)) {
      case "set" -> !List.of("local", "transaction", "constraints").contains(words.get(1));
      case "reset" -> true;
      case "select" -> words.contains("set_config");
      default -> false;
    };
  }

  @Override
  public Kind kind(Statement statement) {
    List<String> words = statement.words();
    if (words.isEmpty()) {
      return Kind.WITHIN;
    }
    return switch (words.get(0)) {
      case "begin", "commit", "end", "rollback", "abort", "savepoint", "release" -> Kind.CONTROLS;
      case "start" -> Kind.CONTROLS;
      case "prepare" ->
          statement.startsWith("prepare", "transaction") ? Kind.CONTROLS : Kind.WITHIN;
      case "vacuum" -> Kind.ALONE;
      case "discard" -> words.contains("all") ? Kind.ALONE : Kind.WITHIN;
      case "cluster" ->
          words.equals(List.of("cluster")) || words.equals(List.of("cluster", "verbose"))
              ? Kind.ALONE
              : Kind.WITHIN;
      case "reindex" -> reindex(words);
      case "create" -> create(words);
      case "drop" -> drop(words);
      case "alter" -> alter(words);
      default -> Kind.WITHIN;
    };
  }

  private static Kind reindex(List<String> words) {
    boolean alone =
        words.contains("concurrently")
            || words.contains("database")
            || words.contains("system")
            || words.contains("schema");
    return alone ? Kind.ALONE : Kind.WITHIN;
  }

  private static Kind create(List<String> words) {
    String what = word(words, 1);
    boolean index =
        what.equals("index") || (what.equals("unique") && word(words, 2).equals("index"));
    if (index) {
      return word(words, what.equals("index") ? 2 : 3).equals("concurrently")
          ? Kind.ALONE
          : Kind.WITHIN;
    }
    return what.equals("database") || what.equals("tablespace") || what.equals("subscription")
        ? Kind.ALONE
        : Kind.WITHIN;
  }

  private static Kind drop(List<String> words) {
    return switch (word(words, 1)) {
      case "index" -> word(words, 2).equals("concurrently") ? Kind.ALONE : Kind.WITHIN;
      case "database", "tablespace", "subscription" -> Kind.ALONE;
      default -> Kind.WITHIN;
    };
  }

  private static Kind alter(List<String> words) {
    return switch (word(words, 1)) {
      case "system" -> Kind.ALONE;
      case "database" -> words.contains("tablespace") ? Kind.ALONE : Kind.WITHIN;
      case "subscription" ->
          words.contains("publication") || words.contains("refresh") ? Kind.ALONE : Kind.WITHIN;
      case "table" ->
          words.contains("detach") && words.contains("concurrently") ? Kind.ALONE : Kind.WITHIN;
      case "type" -> {
        int add = words.indexOf("add");
        yield add > 1 && word(words, add + 1).equals("value") ? Kind.ENDS_BATCH : Kind.WITHIN;
      }
      default -> Kind.WITHIN;
    };
  }

  private static String word(List<String> words, int index) {
    return index < words.size() ? words.get(index) : "";
  }

  @Override
  public List<String> probe(Connection connection) throws SQLException {
    List<String> known = new ArrayList<>();
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WATCHED)) {
      while (rows.next()) {
        known.add(rows.getString(1) + " = " + rows.getString(2));
      }
    } catch (SQLException e) {
      // Some systems can't watch a connection, and then refuse to be asked to.
      if (connection.isValid(0)) {
        return List.of();
      }
      throw e;
    }
    return known;
  }

  @Override
  public List<String> begin(Settings settings) {
    List<String> sql = new ArrayList<>();
    sql.add("begin isolation level read committed");
    for (String setting : assignments(settings)) {
      sql.add("set local " + setting);
    }
    if (!settings.role().isEmpty()) {
      sql.add("set local role " + PostgresqlHistory.quoted(settings.role()));
    }
    return sql;
  }

  private static List<String> assignments(Settings settings) {
    List<String> assignments = new ArrayList<>();
    assignments.add("lock_timeout = " + settings.lockTimeout().toMillis());
    assignments.add("statement_timeout = " + settings.statementTimeout().toMillis());
    assignments.add("application_name = " + PostgresqlHistory.literalOf(settings.application()));
    assignments.addAll(settings.extra());
    return assignments;
  }

  @Override
  public List<String> beforeBookkeeping() {
    return List.of("reset session authorization", "reset role", "reset all");
  }

  @Override
  public List<String> lockTimeout(Duration timeout) {
    return List.of("set local lock_timeout = " + timeout.toMillis());
  }

  /** What works concurrently stands in nobody's way while it waits, and must not give up. */
  @Override
  public List<String> beforeAlone(Settings settings, boolean demanded, Statement statement) {
    boolean waitsQuietly = !demanded && statement.words().contains("concurrently");
    Settings own =
        waitsQuietly
            ? new Settings(
                Duration.ZERO,
                settings.statementTimeout(),
                settings.role(),
                settings.application(),
                settings.extra())
            : settings;
    List<String> sql = new ArrayList<>();
    for (String setting : assignments(own)) {
      sql.add("set " + setting);
    }
    if (!settings.role().isEmpty()) {
      sql.add("set role " + PostgresqlHistory.quoted(settings.role()));
    }
    return sql;
  }

  /** What is set for a transaction ends with it, so the session is then the revision's again. */
  @Override
  public List<String> aside(String bookkeeping) {
    return List.of(
        "begin isolation level read committed, read write",
        "set local session authorization default",
        "set local role none",
        bookkeeping,
        "commit");
  }

  @Override
  public List<String> afterAlone() {
    return List.of(RESET);
  }

  @Override
  public void copy(Connection connection, Statement statement, String rows) throws SQLException {
    try {
      Class<?> postgres = Class.forName("org.postgresql.PGConnection");
      Object copying = postgres.getMethod("getCopyAPI").invoke(connection.unwrap(postgres));
      copying
          .getClass()
          .getMethod("copyIn", String.class, Reader.class)
          .invoke(copying, statement.text(), new StringReader(rows));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new SQLException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new SQLException(e);
    }
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    try {
      Class<?> postgres = Class.forName("org.postgresql.PGConnection");
      postgres.getMethod("cancelQuery").invoke(connection.unwrap(postgres));
    } catch (ReflectiveOperationException e) {
      throw new SQLException(e);
    }
  }

  @Override
  public List<String> violations(Connection connection) {
    return List.of();
  }

  /** Procedures commit by themselves, and a function may refuse to run in a transaction. */
  @Override
  public boolean isWhole(Statement statement) {
    return switch (word(statement.words(), 0)) {
      case "insert", "update", "delete", "merge", "truncate", "copy", "comment" -> true;
      case "grant", "revoke", "table", "values" -> true;
      case "alter" -> kind(statement) == Kind.ENDS_BATCH;
      default -> false;
    };
  }

  @Override
  public void checkAlone(DatabaseUrl url, Connection connection, Duration timeout)
      throws SQLException {
    PostgresqlPooler.refuseTransactionMode(url, connection, timeout);
  }
}
