package dev.whimbrel.dialect;

import java.sql.Connection;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  /**
   * Asks one question on a connection of its own, without starting a driver: a fraction of the time
   * where nothing else is to be done. Null where that way doesn't fit, and where anything goes
   * wrong on it: {@link #open} tells what.
   *
   * @param timeout for the connection, and for the answer
   * @param sql without an effect; wanted once the connection stands
   * @param otherwise what is asked where the first question brings no row
   */
  default @Nullable Answer ask(
      DatabaseUrl url,
      String application,
      Duration timeout,
      Supplier<String> sql,
      String otherwise) {
    return null;
  }

  /** Name and version, such as {@code postgresql 15.18}, without asking the server. */
  String version(Connection connection);
}
