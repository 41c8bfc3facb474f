package dev.whimbrel.error;

/**
 * The stable name of a kind of failure, and the exit code of a front end that ends with it.
 *
 * <p>Each code has a page, {@code docs/errors/<CODE>.md}; the texts live in {@code
 * messages.properties}.
 */
public enum ErrorCode {
  /** The command line, or an option's value, makes no sense. */
  E_USAGE(2),
  /** {@code whimbrel.toml}, an environment variable or the URL makes no sense. */
  E_CONFIG(2),
  /** A revision file cannot be read as one. */
  E_REVISION(1),
  /** The revisions do not form a graph: duplicates, missing parents, cycles, HEAD out of step. */
  E_GRAPH(1),
  /** An address names no revision, or several. */
  E_ADDRESS(2),
  /** The files have several heads where one is needed. */
  E_MULTIPLE_HEADS(4),
  /** SQL text cannot be split into statements. */
  E_SQL(1),
  /** The server refused a statement of a revision. */
  E_STATEMENT(1),
  /** The database lacks revisions that the program which looks at it needs. */
  E_PENDING(3),
  /** The database has a revision that is unknown here, or one whose SQL has changed. */
  E_DIVERGED(5),
  /** The database has objects but no history. */
  E_UNTRACKED(6),
  /** The live schema is not what the last run left. */
  E_DRIFTED(7),
  /** The database is ahead of these files by a contracting revision. */
  E_AHEAD(8),
  /** Another deployer held the lock too long. */
  E_LOCKED(9),
  /** The database cannot be reached. */
  E_UNREACHABLE(10),
  /** The server refused the user or the password. */
  E_AUTHENTICATION(10),
  /** The TLS handshake failed. */
  E_TLS(10),
  /** No JDBC driver for the URL. */
  E_DRIVER(10),
  /** The role or the server allows no writing. */
  E_READ_ONLY(1),
  /** The role lacks a right that is needed. */
  E_PERMISSION(1),
  /** Something that the way to the database cannot do safely, such as a transaction pooler. */
  E_POOLER(1),
  /** An earlier run was cut off where only a person can tell what to do. */
  E_INTERRUPTED(1),
  /** A run was cancelled, by a signal or its deadline. */
  E_CANCELLED(1),
  /** The database after the run is not what the plan should leave. */
  E_VERIFY(1),
  /** A generated revision did not prove itself on the scratch database. */
  E_PROOF(1),
  /** No scratch database can be made. */
  E_SCRATCH(1),
  /** A source of a schema (a file, entities, a database) cannot be loaded. */
  E_SOURCE(1),
  /** Data would be lost without the backup that was asked for. */
  E_BACKUP(1),
  /** Findings at or above the threshold. */
  E_FINDINGS(11),
  /** A file cannot be read or written. */
  E_FILE(1),
  /** A question has to be answered and there is no terminal. */
  E_CONFIRM(2),
  /** A fault of Whimbrel itself. */
  E_INTERNAL(1);

  private final int exit;

  ErrorCode(int exit) {
    this.exit = exit;
  }

  /** The process exit code, 1 to 11. */
  public int exit() {
    return exit;
  }
}
