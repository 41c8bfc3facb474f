package dev.whimbrel.dialect;

import java.sql.Connection;
import java.time.Duration;

/** Opens connections, in auto-commit mode and without a default transaction. */
public interface Connector {
  /**
   * Opens a connection.
   *
   * @param application what the session calls itself
   * @param timeout for the connection as a whole
   * @throws dev.whimbrel.error.WhimbrelException E_DRIVER, E_UNREACHABLE, E_AUTHENTICATION, E_TLS
   *     or E_PERMISSION
   */
  Connection open(DatabaseUrl url, String application, Duration timeout);

  /** Name and version, such as {@code postgresql 15.18}, without asking the server. */
  String version(Connection connection);
}
