package dev.whimbrel.dialect;

import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What runs in a transaction, and what stands around it. */
public interface Transactions {
  /** How a statement goes with transactions. */
  enum Kind {
    /** Runs within one. */
    WITHIN,
    /** Runs within one that must be committed before the next statement. */
    ENDS_BATCH,
    /** Runs alone, outside any. */
    ALONE,
    /** Begins or ends one: revisions leave that to Whimbrel. */
    CONTROLS
  }

  /**
   * What a batch is given.
   *
   * @param role who runs it; empty for the login role
   * @param application what the session calls itself
   * @param extra what {@link #probe} found
   */
  record Settings(
      Duration lockTimeout,
      Duration statementTimeout,
      String role,
      String application,
      List<String> extra) {
    public Settings {
      extra = List.copyOf(extra);
    }
  }

  /** Further settings that this server knows, asked once for each run. */
  List<String> probe(Connection connection) throws SQLException;

  Kind kind(Statement statement);

  /** Whether it says how the session's later statements are to be understood: a search path. */
  boolean isSetting(Statement statement);

  /** Begins a transaction in which revisions run. */
  List<String> begin(Settings settings);

  /** Between a revision's statements and the bookkeeping: undoes what the revision set. */
  List<String> beforeBookkeeping();

  /** Changes, within a transaction, how long its next statements wait for a lock. */
  List<String> lockTimeout(Duration timeout);

  /**
   * Before a statement that runs alone; each goes in a message of its own.
   *
   * @param demanded whether the lock timeout was asked for beside the statement
   */
  List<String> beforeAlone(Settings settings, boolean demanded, Statement statement);

  /** What writes the bookkeeping in a session that a revision has set, and leaves it so. */
  List<String> aside(String bookkeeping);

  /** After a statement that ran alone, also when it failed. */
  List<String> afterAlone();

  /** Sends rows that follow a statement such as {@code COPY … FROM stdin}. */
  void copy(Connection connection, Statement statement, String rows) throws SQLException;

  /** Cancels, from another thread, what {@link #copy} is at. */
  void cancel(Connection connection) throws SQLException;

  /**
   * What the engine leaves to whoever changes a schema: rows that break a constraint it did not
   * watch meanwhile, one a line.
   */
  List<String> violations(Connection connection) throws SQLException;

  /**
   * Whether a statement has its effect as a whole or not at all even outside a transaction, and can
   * therefore have one of its own, with its line of the journal.
   */
  boolean isWhole(Statement statement);

  /**
   * Refuses what the way to the database can't do safely outside a transaction.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_POOLER
   */
  void checkAlone(DatabaseUrl url, Connection connection, Duration timeout) throws SQLException;
}
