package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Locking;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The write lock of a second, tiny SQLite file beside the database.
 *
 * <p>It is a lock of the operating system, so it is gone with the process. SQLite keeps it right
 * between threads of one process too, which a bare file lock does not. Readers may still look, so
 * the holder's name stands in the file.
 */
final class SqliteLocking implements Locking {
  static final String SUFFIX = ".whimbrel-lock";
  private static final int BUSY = 5;
  private static final int LOCKED = 6;

  @Override
  public DeployLock open(DatabaseUrl url, String home, String run, Duration connectTimeout) {
    Connection connection =
        SqliteConnector.open("jdbc:sqlite:" + url.database() + SUFFIX, url, Duration.ZERO);
    return new FileLock(connection, home, run);
  }

  private static final class FileLock implements DeployLock {
    private final Connection connection;
    private final String home;
    private final String run;
    private boolean held;

    FileLock(Connection connection, String home, String run) {
      this.connection = connection;
      this.home = home;
      this.run = run;
    }

    @Override
    public boolean tryAcquire() {
      try (Statement statement = connection.createStatement()) {
        statement.execute("begin immediate");
        held = true;
        statement.execute(
            "create table if not exists holder (process integer, application text, since text)");
        statement.execute("delete from holder");
        statement.execute(
            "insert into holder values ("
                + ProcessHandle.current().pid()
                + ", "
                + SqliteHistory.literalOf("whimbrel " + home + " " + run)
                + ", "
                + SqliteHistory.literalOf(Instant.now().toString())
                + ")");
        statement.execute("commit");
        held = false;
        statement.execute("begin immediate");
        held = true;
        return true;
      } catch (SQLException e) {
        int code = e.getErrorCode() & 0xff;
        if (code == BUSY || code == LOCKED) {
          rollback();
          return false;
        }
        throw Problem.of(ErrorCode.E_FILE, "lock.file")
            .with("file", url())
            .with("message", String.valueOf(e.getMessage()))
            .toException(e);
      }
    }

    private String url() {
      try {
        return connection.getMetaData().getURL();
      } catch (SQLException e) {
        return SUFFIX;
      }
    }

    private void rollback() {
      if (held) {
        held = false;
        try (Statement statement = connection.createStatement()) {
          statement.execute("rollback");
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public boolean isHeld() {
      return held;
    }

    @Override
    public @Nullable SessionInfo holder() {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select process, application, since from holder")) {
        if (!rows.next()) {
          return null;
        }
        long process = rows.getLong(1);
        return new SessionInfo(
            process,
            rows.getString(2),
            null,
            Instant.parse(rows.getString(3)),
            "",
            "kill " + process);
      } catch (SQLException e) {
        return null;
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        // The operating system gives the lock back with the process.
        return;
      }
    }
  }
}
