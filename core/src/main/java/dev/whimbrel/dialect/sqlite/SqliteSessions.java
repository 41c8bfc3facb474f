package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.dialect.Sessions;
import java.sql.Connection;
import java.util.List;

/** SQLite has no server: a session is gone with its process, and nobody can be asked. */
final class SqliteSessions implements Sessions {
  @Override
  public String workName(String home, String run) {
    return "whimbrel " + home + " " + run;
  }

  @Override
  public List<SessionInfo> orphans(Connection connection, String home) {
    return List.of();
  }

  @Override
  public boolean end(Connection connection, SessionInfo session) {
    return false;
  }

  @Override
  public long id(Connection connection) {
    return 0;
  }

  @Override
  public List<SessionInfo> blockers(Connection observer, long id) {
    return List.of();
  }
}
