package dev.whimbrel.dialect;

import dev.whimbrel.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a database contains, apart from the history and what the engine or a platform manages. */
public interface Contents {
  /** Names of some user objects, at most {@code limit}; empty when there are none. */
  List<String> userObjects(Connection connection, String home, int limit) throws SQLException;

  /** Everything, grants included; read in a transaction of its own that writes nothing. */
  Schema schema(Connection connection, String home) throws SQLException;
}
