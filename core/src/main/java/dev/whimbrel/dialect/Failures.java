package dev.whimbrel.dialect;

import java.sql.SQLException;

/** Says what an error of the engine means. */
public interface Failures {
  /** What shared code tells apart. */
  enum Meaning {
    /** A lock was not granted in time. */
    LOCK_TIMEOUT,
    /** The engine chose this transaction to end a deadlock or a serialization conflict. */
    TRY_AGAIN,
    /** A table, or the schema it is in, does not exist. */
    NO_SUCH_TABLE,
    /** The statement can't run within a transaction. */
    NEEDS_NO_TRANSACTION,
    /** The role lacks a right. */
    NO_PERMISSION,
    /** The server or the role writes nothing. */
    READ_ONLY,
    /** The statement was cancelled, or ran into its time limit. */
    CANCELLED,
    /** A row with this key exists. */
    DUPLICATE,
    /** The server's disk is full. */
    NO_ROOM,
    /** The connection is gone. */
    CONNECTION_LOST,
    /** Anything else. */
    OTHER
  }

  Meaning meaning(SQLException failure);

  /** Where the engine points within the statement: 1-based character, 0 if it does not. */
  int position(SQLException failure);

  /** What the engine says: message, detail and hint, one a line. */
  String message(SQLException failure);
}
