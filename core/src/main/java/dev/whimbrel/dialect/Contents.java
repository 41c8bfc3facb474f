package dev.whimbrel.dialect;

import dev.whimbrel.introspect.Outside;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a database contains, apart from the history and what the engine or a platform manages. */
public interface Contents {
  /** Names of some user objects, at most {@code limit}; empty when there are none. */
  List<String> userObjects(Connection connection, String home, int limit) throws SQLException;

  /** Everything, grants included; read in a transaction of its own that writes nothing. */
  Schema schema(Connection connection, String home) throws SQLException;

  /** What the platform that can be told from the database manages; none of it is drift. */
  default Outside outside(Connection connection) throws SQLException {
    return Outside.NOTHING;
  }

  /** What is known of the last change of these facts, those that are gone included. */
  default Map<FactId, Trace> traces(Connection connection, String home, Collection<FactId> facts)
      throws SQLException {
    return Map.of();
  }
}
