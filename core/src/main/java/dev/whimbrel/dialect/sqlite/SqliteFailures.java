package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.Failures;
import java.sql.SQLException;

/** Reads SQLite's result codes; it has no SQLSTATE and points at no character. */
final class SqliteFailures implements Failures {
  private static final int PERMISSION = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int INTERRUPTED = 9;
  private static final int FULL = 13;
  private static final int CONSTRAINT = 19;

  @Override
  public Meaning meaning(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.getErrorCode() & 0xff) {
      case PERMISSION -> Meaning.NO_PERMISSION;
      case BUSY, LOCKED -> Meaning.LOCK_TIMEOUT;
      case READ_ONLY -> Meaning.READ_ONLY;
      case INTERRUPTED -> Meaning.CANCELLED;
      case FULL -> Meaning.NO_ROOM;
      case CONSTRAINT ->
          message.contains("UNIQUE") || message.contains("PRIMARYKEY")
              ? Meaning.DUPLICATE
              : Meaning.OTHER;
      default -> {
        if (message.contains("no such table") || message.contains("no such column")) {
          yield Meaning.NO_SUCH_TABLE;
        }
        yield message.contains("within a transaction")
            ? Meaning.NEEDS_NO_TRANSACTION
            : Meaning.OTHER;
      }
    };
  }

  @Override
  public int position(SQLException failure) {
    return 0;
  }

  /** The library's own words, without the prefix the driver adds. */
  @Override
  public String message(SQLException failure) {
    return String.valueOf(failure.getMessage()).strip();
  }
}
