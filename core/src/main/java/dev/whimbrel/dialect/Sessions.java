package dev.whimbrel.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Who else is connected. */
public interface Sessions {
  /** What the work session of a run calls itself; runs of one history share a prefix. */
  String workName(String home, String run);

  /** Work sessions of earlier runs of this history that are still doing something. */
  List<SessionInfo> orphans(Connection connection, String home) throws SQLException;

  /** Ends a session; false when the role may not, or it is gone. */
  boolean end(Connection connection, SessionInfo session) throws SQLException;

  /** The session's number for {@link #blockers}. */
  long id(Connection connection) throws SQLException;

  /** Who holds what this session waits for, or waited for a moment ago. */
  List<SessionInfo> blockers(Connection observer, long id) throws SQLException;
}
