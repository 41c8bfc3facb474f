package dev.whimbrel.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalInt;

/**
 * A running PostgreSQL of our own, on a free port of the loopback, with a superuser whose password
 * only the owner of its files can read.
 *
 * <p>Safe for use by several threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private final Release release;
  private final int port;
  private final String password;
  private final Runnable onClose;
  private boolean closed;

  private EmbeddedPostgres(Release release, int port, String password, Runnable onClose) {
    this.release = release;
    this.port = port;
    this.password = password;
    this.onClose = onClose;
  }

  /** The major version that comes with this module. */
  public static final int DEFAULT_MAJOR = 18;

  /** The database of a {@linkplain #local local} server. */
  public static final String LOCAL_DATABASE = LocalCluster.DATABASE;

  /**
   * Starts a server with a new, empty cluster that is gone when the server is closed or the process
   * has ended. What a killed process left is ended and removed by the next call of any process. The
   * cluster is fast, not safe: it does not survive a crash of the machine.
   *
   * @param major 14 to 18
   */
  public static EmbeddedPostgres scratch(EmbeddedSettings settings, int major) {
    return ScratchCluster.start(Toolbox.of(settings), major);
  }

  /**
   * Joins the server of a project's own database, starting it if no command uses it yet; when the
   * last of them closes it, or its process has ended, it stops. The data is kept in {@code
   * .whimbrel/postgresql-MAJOR} of the project, and its database is {@link #LOCAL_DATABASE}.
   *
   * @param project the project's folder
   * @param major empty for that of the data kept there, else {@link #DEFAULT_MAJOR}
   */
  public static EmbeddedPostgres local(EmbeddedSettings settings, Path project, OptionalInt major) {
    return LocalCluster.open(Toolbox.of(settings), project, major);
  }

  static EmbeddedPostgres of(Release release, Path home, PidFile file, Runnable onClose) {
    try {
      String password = DataFolder.password(home);
      return new EmbeddedPostgres(release, file.port(), password, onClose);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as 18. */
  public int major() {
    return release.major();
  }

  /** Such as {@code 18.6}. */
  public String version() {
    return release.major() + "." + release.minor();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** The superuser's name. */
  public String user() {
    return DataFolder.USER;
  }

  /** The superuser's password. */
  public String password() {
    return password;
  }

  /** A JDBC URL with user and password, so not to be printed. */
  public String url(String database) {
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
        .formatted(host(), port, database, user(), password);
  }

  /** A new connection to a database of this server. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  /** Ends this use of the server; the last use of it stops it. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
