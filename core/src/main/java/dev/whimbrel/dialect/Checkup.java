package dev.whimbrel.dialect;

import dev.whimbrel.error.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code doctor} looks at once a connection is open. */
public interface Checkup {
  /**
   * A thing that was looked at.
   *
   * @param advice empty when all is well
   * @param problem null unless nothing will work
   */
  record Finding(String name, String value, String advice, @Nullable Problem problem) {}

  List<Finding> examine(Connection connection, DatabaseUrl url, String home, Duration timeout)
      throws SQLException;

  /** Why nothing can be written, and where it can be; empty where nothing is in the way. */
  String whyReadOnly(Connection connection) throws SQLException;
}
