package dev.whimbrel.dialect;

import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;

/** Tells whether a statement that ran outside a transaction, and was cut off, had its effect. */
public interface Witness {
  /** What became of it. */
  enum Outcome {
    DONE,
    /** Nothing of it is left, or what was left has been removed: it can run again. */
    NOT_DONE,
    /** Only a person can tell. */
    UNKNOWN
  }

  /** What to remember before the statement is sent; one line. */
  String before(Connection connection, Statement statement) throws SQLException;

  /** What became of it, given what was remembered; removes an unfinished remainder. */
  Outcome after(Connection connection, Statement statement, String remembered) throws SQLException;
}
