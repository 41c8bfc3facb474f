package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Failures;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Introspector;
import dev.whimbrel.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * Reads a PostgreSQL database, 14 or newer, with a fixed number of catalog queries.
 *
 * <p>With an empty search path the server writes every name with its schema; the settings that
 * change how it prints values are fixed for the length of the reading.
 */
public final class PostgresqlIntrospector implements Introspector {
  private static final String SETTINGS =
      """
      set local search_path = '';
      set local datestyle = 'ISO, YMD';
      set local intervalstyle = 'postgres';
      set local timezone = 'UTC';
      set local extra_float_digits = 3;
      set local bytea_output = 'hex';
      set local quote_all_identifiers = off;
      set local standard_conforming_strings = on;
      set local jit = off
      """;

  @Override
  public Schema introspect(Connection connection, IntrospectOptions options) {
    try {
      return connection.getAutoCommit()
          ? inOwnTransaction(connection, options)
          : inOpenTransaction(connection, options);
    } catch (SQLException e) {
      Problem.Builder problem =
          new PostgresqlFailures().meaning(e) == Failures.Meaning.CONNECTION_LOST
              ? Problem.of(ErrorCode.E_UNREACHABLE, "introspect.lost")
              : Problem.of(ErrorCode.E_SOURCE, "introspect.failed");
      throw problem.with("reason", String.valueOf(e.getMessage())).toException(e);
    }
  }

  private static Schema inOwnTransaction(Connection connection, IntrospectOptions options)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      run(connection, "set transaction isolation level repeatable read, read only");
      return read(connection, options);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static Schema inOpenTransaction(Connection connection, IntrospectOptions options)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return read(connection, options);
    } finally {
      connection.rollback(before);
      connection.releaseSavepoint(before);
    }
  }

  private static Schema read(Connection connection, IntrospectOptions options) throws SQLException {
    run(connection, SETTINGS);
    PostgresqlCatalog catalog = new PostgresqlCatalog(connection, options);
    new PostgresqlIntrospectNamespaces(catalog).read();
    new PostgresqlIntrospectTypes(catalog).read();
    new PostgresqlIntrospectRelations(catalog).read();
    new PostgresqlIntrospectColumns(catalog).read();
    new PostgresqlIntrospectConstraints(catalog).read();
    new PostgresqlIntrospectIndexes(catalog).read();
    new PostgresqlIntrospectRoutines(catalog).read();
    new PostgresqlIntrospectVerbatim(catalog).read();
    new PostgresqlIntrospectTriggers(catalog).read();
    new PostgresqlIntrospectAccess(catalog).read();
    new PostgresqlIntrospectPublications(catalog).read();
    new PostgresqlIntrospectDepends(catalog).read();
    return catalog.schema().build();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
