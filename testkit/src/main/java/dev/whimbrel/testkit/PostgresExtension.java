package dev.whimbrel.testkit;

import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each {@link TestDatabase} parameter an empty database, on one server per JVM and major
 * version, and drops it after the test.
 */
public final class PostgresExtension implements ParameterResolver {
  /** Static because the JVM is what they live as long as; they stop when it ends. */
  private static final Map<Integer, EmbeddedPostgres> SERVERS = new ConcurrentHashMap<>();

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** The shared server of a major version, started when first asked for; never close it. */
  public static EmbeddedPostgres server(int major) {
    return SERVERS.computeIfAbsent(
        major, version -> EmbeddedPostgres.scratch(EmbeddedSettings.of(System.getenv()), version));
  }

  /** An empty database; the caller closes it. */
  public static TestDatabase create(int major) throws SQLException {
    EmbeddedPostgres server = server(major);
    String name = "test_" + NUMBER.incrementAndGet();
    onServer(server, "create database " + name + " template template0");
    return new TestDatabase(server, name);
  }

  static void onServer(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    int major =
        parameter
            .findAnnotation(PostgresMajor.class)
            .or(() ->
                Optional.ofNullable(
                    parameter.getDeclaringExecutable().getAnnotation(PostgresMajor.class)))
            .or(() ->
                context
                    .getTestClass()
                    .flatMap(type -> Optional.ofNullable(type.getAnnotation(PostgresMajor.class))))
            .map(PostgresMajor::value)
            .orElse(EmbeddedPostgres.DEFAULT_MAJOR);
    try {
      TestDatabase database = create(major);
      // The store closes what is in it at the end of the context: the test's, or the class's.
      context
          .getStore(ExtensionContext.Namespace.create(PostgresExtension.class))
          .put(database.name(), database);
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException("no test database on PostgreSQL " + major, e);
    }
  }
}
