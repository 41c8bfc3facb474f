package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.Connector;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Opens the file with sqlite-jdbc, found by its name; foreign keys stay off, as SQLite has them.
 */
final class SqliteConnector implements Connector {
  private static final String DRIVER = "org.sqlite.JDBC";

  @Override
  public Connection open(DatabaseUrl url, String application, Duration timeout) {
    Path folder = Path.of(url.database()).toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw Problem.of(ErrorCode.E_UNREACHABLE, "connect.no-folder")
          .with("url", url)
          .with("folder", folder)
          .toException();
    }
    return open(url.jdbcUrl(), url, timeout);
  }

  static Connection open(String jdbc, DatabaseUrl url, Duration timeout) {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", Long.toString(timeout.toMillis()));
    try {
      Connection connection = driver(url).connect(jdbc, properties);
      if (connection == null) {
        throw Problem.of(ErrorCode.E_CONFIG, "connect.url").with("url", url).toException();
      }
      return connection;
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_UNREACHABLE, "connect.file")
          .with("url", url)
          .with("message", String.valueOf(e.getMessage()))
          .toException(e);
    }
  }

  private static Driver driver(DatabaseUrl url) {
    try {
      return Class.forName(DRIVER).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw Problem.of(ErrorCode.E_DRIVER, "connect.driver")
          .with("url", url)
          .with("driver", DRIVER)
          .with("artifact", "org.xerial:sqlite-jdbc")
          .toException(e);
    }
  }

  @Override
  public String version(Connection connection) {
    try {
      return "sqlite " + connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      return "sqlite";
    }
  }
}
