package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * A project's own database, kept in {@code .whimbrel/postgresql-MAJOR} and shared by all commands
 * that run at the same time: the first starts the server, the last one stops it. Each user of it
 * holds a shared lock on {@code users.lock}; who starts or stops holds {@code state.lock}.
 */
final class LocalCluster {
  static final String DATABASE = "whimbrel";

  private static final String PREFIX = "postgresql-";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Safe settings: this data is kept. */
  private static final Map<String, String> SETTINGS =
      Map.of("max_connections", "100", "shared_buffers", "64MB", "wal_level", "logical");

  /**
   * How many users each home has in this process. Static because the shared lock is the process's:
   * see {@link FolderLock}.
   */
  private static final Map<Path, Users> USERS = new HashMap<>();

  private LocalCluster() {}

  private static final class Users {
    final FolderLock lock;
    int count = 1;

    Users(FolderLock lock) {
      this.lock = lock;
    }
  }

  static EmbeddedPostgres open(Toolbox tools, Path project, OptionalInt wanted) {
    Path folder = project.toAbsolutePath().normalize().resolve(".whimbrel");
    try {
      int major = major(folder, wanted);
      Path home = folder.resolve(PREFIX + major);
      Binaries.Installed installed = tools.binaries().of(major);
      requireReach(tools, folder);
      synchronized (USERS) {
        return join(tools, installed, home);
      }
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_FILE, "embedded.local-folder")
          .with("folder", folder)
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
  }

  /** The major asked for; else that of the data kept here; else the one that comes along. */
  private static int major(Path folder, OptionalInt wanted) throws IOException {
    TreeSet<Integer> kept = new TreeSet<>();
    for (Path entry : Folders.entries(folder)) {
      Path version = entry.resolve("data").resolve("PG_VERSION");
      if (entry.getFileName().toString().startsWith(PREFIX) && Files.exists(version)) {
        kept.add(Integer.valueOf(Files.readString(version).strip()));
      }
    }
    int major = wanted.orElse(kept.isEmpty() ? EmbeddedPostgres.DEFAULT_MAJOR : kept.last());
    if (kept.isEmpty() || kept.contains(major)) {
      return major;
    }
    throw Problem.of(ErrorCode.E_CONFIG, "embedded.other-major")
        .with("folder", folder.resolve(PREFIX + kept.last()))
        .with("kept", kept.last())
        .with("wanted", major)
        .toException();
  }

  private static void requireReach(Toolbox tools, Path folder) throws IOException {
    Files.createDirectories(folder);
    if (!tools.user().reaches(folder)) {
      throw Problem.of(ErrorCode.E_FILE, "embedded.unreachable-folder")
          .with("folder", folder)
          .toException();
    }
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private static EmbeddedPostgres join(Toolbox tools, Binaries.Installed installed, Path home)
      throws IOException {
    Folders.createPrivate(home);
    try (FolderLock state = state(home)) {
      Users users = USERS.get(home);
      PidFile file = server(tools, installed, home, users != null || !isFree(home));
      createDatabase(home, file);
      if (users == null) {
        USERS.put(home, new Users(FolderLock.tryAcquire(users(home), true).orElseThrow()));
      } else {
        users.count++;
      }
      Postmaster postmaster = new Postmaster(tools, installed, home);
      Closing closing = new Closing(() -> leave(postmaster, home));
      return EmbeddedPostgres.of(installed.release(), home, file, closing);
    }
  }

  private static Path users(Path home) {
    return home.resolve("users.lock");
  }

  private static FolderLock state(Path home) throws IOException {
    return FolderLock.acquire(home.resolve("state.lock"), LIMIT)
        .orElseThrow(
            () -> new IOException(home.resolve("state.lock") + " is held by another process"));
  }

  private static boolean isFree(Path home) {
    Optional<FolderLock> alone = FolderLock.tryAcquire(users(home), false);
    alone.ifPresent(FolderLock::close);
    return alone.isPresent();
  }

  /** The running server, whoever started it; else one started now. */
  private static PidFile server(
      Toolbox tools, Binaries.Installed installed, Path home, boolean inUse) throws IOException {
    Optional<PidFile> running = Postmaster.running(home).filter(PidFile::ready);
    if (running.isPresent() && (inUse || answers(home, running.get()))) {
      return running.get();
    }
    if (inUse) {
      // To start a second server on data that one in another container has open would ruin it.
      throw Problem.of(ErrorCode.E_LOCKED, "embedded.elsewhere").with("folder", home).toException();
    }
    Postmaster postmaster = new Postmaster(tools, installed, home);
    postmaster.stop("fast");
    if (!Files.exists(home.resolve("data"))) {
      DataFolder.create(tools, installed, home);
      DataFolder.sync(tools, installed, home);
    }
    return postmaster.start(SETTINGS);
  }

  private static boolean answers(Path home, PidFile file) {
    try (Connection connection = connect(home, file, "postgres")) {
      return connection.isValid(0);
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  private static void createDatabase(Path home, PidFile file) throws IOException {
    try (Connection connection = connect(home, file, "postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'")) {
      if (!rows.next()) {
        statement.execute("create database " + DATABASE);
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static Connection connect(Path home, PidFile file, String database)
      throws SQLException, IOException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + file.port() + "/" + database,
        DataFolder.USER,
        DataFolder.password(home));
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private static void leave(Postmaster postmaster, Path home) {
    synchronized (USERS) {
      Users users = USERS.get(home);
      if (users == null || --users.count > 0) {
        return;
      }
      USERS.remove(home);
      try (FolderLock state = state(home)) {
        users.lock.close();
        if (isFree(home)) {
          postmaster.stop("fast");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
