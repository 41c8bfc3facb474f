package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Answer;
import dev.whimbrel.dialect.Connector;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Connects with pgjdbc, found by its name, over the simple query protocol. */
final class PostgresqlConnector implements Connector {
  private static final String DRIVER = "org.postgresql.Driver";
  private static final String STARTING_UP = "57P03";
  private static final String TOO_MANY = "53300";

  /** What may be over a moment later. */
  private static final Set<String> PASSING = Set.of(STARTING_UP, TOO_MANY);

  private static final long PAUSE_MS = 200;
  private static final String ASSUMED = "assumeMinServerVersion";

  @Override
  public Connection open(DatabaseUrl url, String application, Duration timeout) {
    Driver driver = driver(url);
    Properties properties = properties(url, application, timeout);
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        Connection connection = driver.connect(url.jdbcUrl(), properties);
        if (connection == null) {
          throw Problem.of(ErrorCode.E_CONFIG, "connect.url").with("url", url).toException();
        }
        return connection;
      } catch (SQLException e) {
        if (properties.containsKey(ASSUMED) && contains(e, "unsupported startup parameter")) {
          // A pooler takes only settings it knows with the first message: they come one by one.
          properties.remove(ASSUMED);
          continue;
        }
        boolean passing = PASSING.contains(String.valueOf(e.getSQLState())) || isHungUp(e);
        if (!passing || System.nanoTime() > end || !pause()) {
          throw failure(url, e);
        }
      }
    }
  }

  @Override
  public @Nullable Answer ask(
      DatabaseUrl url,
      String application,
      Duration timeout,
      Supplier<String> sql,
      String otherwise) {
    return PostgresqlShortWay.ask(url, application, timeout, sql, otherwise);
  }

  /** A server that stops, or starts, takes the call and hangs up; so does a proxy before it. */
  private static boolean isHungUp(SQLException e) {
    return e.getCause() instanceof EOFException
        || (e.getCause() instanceof SocketException reset
            && String.valueOf(reset.getMessage()).contains("reset"));
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Driver driver(DatabaseUrl url) {
    try {
      return Class.forName(DRIVER).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw Problem.of(ErrorCode.E_DRIVER, "connect.driver")
          .with("url", url)
          .with("driver", DRIVER)
          .with("artifact", "org.postgresql:postgresql")
          .toException(e);
    }
  }

  private static Properties properties(DatabaseUrl url, String application, Duration timeout) {
    Properties properties = new Properties();
    set(properties, "user", url.user());
    set(properties, "password", url.password());
    properties.setProperty("ApplicationName", application);
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty(ASSUMED, "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", Long.toString(Math.max(1, timeout.toSeconds())));
    properties.putAll(url.parameters());
    return properties;
  }

  private static void set(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  @Override
  public String version(Connection connection) {
    try {
      String version = connection.getMetaData().getDatabaseProductVersion();
      int space = version.indexOf(' ');
      return "postgresql " + (space < 0 ? version : version.substring(0, space));
    } catch (SQLException e) {
      return "postgresql";
    }
  }

  static WhimbrelException failure(DatabaseUrl url, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    Problem.Builder problem =
        switch (state) {
          case "28P01" -> Problem.of(ErrorCode.E_AUTHENTICATION, "connect.password");
          case "28000" ->
              contains(e, "no encryption") || contains(e, "SSL off")
                  ? Problem.of(ErrorCode.E_TLS, "connect.tls-needed")
                  : Problem.of(ErrorCode.E_AUTHENTICATION, "connect.refused-user");
          case "3D000" -> Problem.of(ErrorCode.E_UNREACHABLE, "connect.no-database");
          case TOO_MANY -> Problem.of(ErrorCode.E_UNREACHABLE, "connect.too-many");
          case "42501" -> Problem.of(ErrorCode.E_PERMISSION, "connect.no-right");
          case STARTING_UP -> Problem.of(ErrorCode.E_UNREACHABLE, "connect.starting");
          default -> byCause(e);
        };
    return problem
        .with("url", url)
        .with("host", url.hosts())
        .with("user", url.user() == null ? "(none given)" : url.user())
        .with("database", url.database())
        .with("message", oneLine(e))
        .toException(e);
  }

  private static Problem.Builder byCause(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return Problem.of(ErrorCode.E_UNREACHABLE, "connect.unknown-host");
      }
      if (cause instanceof SocketTimeoutException) {
        return Problem.of(ErrorCode.E_UNREACHABLE, "connect.timeout");
      }
      if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        return Problem.of(ErrorCode.E_UNREACHABLE, "connect.nobody");
      }
      if (cause instanceof SSLException) {
        return Problem.of(ErrorCode.E_TLS, "connect.tls");
      }
    }
    if (contains(e, "no password was provided")) {
      return Problem.of(ErrorCode.E_AUTHENTICATION, "connect.no-password");
    }
    if (contains(e, "password") || contains(e, "Tenant or user not found")) {
      return Problem.of(ErrorCode.E_AUTHENTICATION, "connect.password");
    }
    return contains(e, "SSL")
        ? Problem.of(ErrorCode.E_TLS, "connect.tls")
        : Problem.of(ErrorCode.E_UNREACHABLE, "connect.failed");
  }

  private static boolean contains(SQLException e, String text) {
    return e.getMessage() != null && e.getMessage().contains(text);
  }

  private static String oneLine(SQLException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.replace('\n', ' ').strip();
  }
}
