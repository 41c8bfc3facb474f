package dev.whimbrel.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a database contains, apart from the history and what the engine or a platform manages. */
public interface Contents {
  /** Names of some user objects, at most {@code limit}; empty when there are none. */
  List<String> userObjects(Connection connection, String home, int limit) throws SQLException;

  /** The schema as text: one line for each object, sorted, equal for equal schemas. */
  String fingerprint(Connection connection, String home) throws SQLException;
}
