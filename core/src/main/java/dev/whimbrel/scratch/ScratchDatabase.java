package dev.whimbrel.scratch;

import java.sql.Connection;
import java.sql.SQLException;

/** A database to throw away: dropped when closed, and by the next run should this one be killed. */
public final class ScratchDatabase implements AutoCloseable {
  private final ScratchServer server;
  private final String name;
  private boolean closed;

  ScratchDatabase(ScratchServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** The database's name, or its file. */
  public String name() {
    return name;
  }

  /** The JDBC URL; may hold a password, so not to be printed. */
  public String url() {
    return server.strategy().url(name);
  }

  /** A new connection, in auto-commit; the caller closes it. */
  public Connection connect() throws SQLException {
    return server.strategy().connect(name);
  }

  /** Drops the database; the connections to it end. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.drop(name);
    }
  }
}
