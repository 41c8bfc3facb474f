package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.scratch.ScratchStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Scratch databases as files of one folder. A claim is SQLite's own exclusive lock on a file beside
 * them: unlike a lock of Java's it holds among the threads of a process too, and ends with it.
 */
public final class SqliteScratch implements ScratchStrategy {
  private static final String SUFFIX = ".db";
  private static final int SQLITE_BUSY = 5;

  private final Path folder;

  private SqliteScratch(Path folder) {
    this.folder = folder;
  }

  /** Scratch databases in a folder, which is made when missing. */
  public static SqliteScratch in(Path folder) {
    try {
      Files.createDirectories(folder);
      return new SqliteScratch(folder.toAbsolutePath());
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_SCRATCH, "scratch.connect")
          .with("server", "the folder " + folder)
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
  }

  @Override
  public String engine() {
    return "sqlite";
  }

  @Override
  public int major() {
    return 3;
  }

  @Override
  public String description() {
    return "SQLite files in " + folder;
  }

  @Override
  public Map<String, Instant> list(String prefix) throws SQLException {
    Map<String, Instant> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix) && name.endsWith(SUFFIX)) {
          found.put(
              name.substring(0, name.length() - SUFFIX.length()),
              Files.getLastModifiedTime(file).toInstant());
        }
      }
      return found;
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }

  @Override
  public void create(String name) throws SQLException {
    files(() -> Files.createFile(file(name)));
  }

  @Override
  public void copy(String template, String name) throws SQLException {
    files(() -> Files.copy(file(template), file(name)));
  }

  @Override
  public void rename(String from, String to) throws SQLException {
    files(() -> Files.move(file(from), file(to), StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void drop(String name) throws SQLException {
    for (String suffix : List.of("-journal", "-wal", "-shm", "")) {
      files(() -> Files.deleteIfExists(folder.resolve(name + SUFFIX + suffix)));
    }
  }

  @Override
  public boolean inUse(String name) {
    return false;
  }

  @Override
  public void touch(String name, Instant now) throws SQLException {
    files(() -> Files.setLastModifiedTime(file(name), FileTime.from(now)));
  }

  /** There are no roles. */
  @Override
  public void lend(Collection<String> roles) {}

  @Override
  public Set<String> roles() {
    return Set.of();
  }

  @Override
  public Optional<String> missingRole(SQLException failure) {
    return Optional.empty();
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker")
  public Optional<Claim> claim(String word) throws SQLException {
    Path lock = folder.resolve(word + ".lock");
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + lock);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 0");
      statement.execute("begin exclusive");
      return Optional.of(() -> release(connection, lock));
    } catch (SQLException e) {
      connection.close();
      if ((e.getErrorCode() & 0xff) == SQLITE_BUSY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Whoever waits may then get hold of a file that nobody sees any more: two fill the same template
   * at worst, each under a name of its own.
   */
  private static void release(Connection connection, Path lock) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("rollback");
    }
    files(() -> Files.deleteIfExists(lock));
  }

  @Override
  public String url(String name) {
    return "jdbc:sqlite:" + file(name);
  }

  @Override
  public Connection connect(String name) throws SQLException {
    return DriverManager.getConnection(url(name));
  }

  @Override
  public void close() {}

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  private interface FileAction {
    void run() throws IOException;
  }

  private static void files(FileAction action) throws SQLException {
    try {
      action.run();
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }
}
