package dev.whimbrel;

import dev.whimbrel.dialect.Answer;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.Failures;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryLayout;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.verify.Drift;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database that is looked at, on a connection that is opened when needed; not thread-safe. */
final class Looking implements AutoCloseable {
  private static final int SHOWN_OBJECTS = 5;
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Setup setup;
  private final Dialect dialect;
  private final DatabaseUrl url;
  private final HistoryTables tables;
  private final String application;
  private Duration timeout;
  private @Nullable Connection connection;
  private @Nullable String version;

  /**
   * What a database says.
   *
   * @param objects some user objects, looked for only where there is no history
   * @param settled the heads, where nothing is to be done and the history was not read; else null
   */
  record Seen(History history, List<String> objects, @Nullable List<String> settled) {}

  private Looking(Setup setup, Dialect dialect, String application) {
    this.setup = setup;
    this.dialect = dialect;
    this.url = setup.databaseUrl();
    this.tables = setup.tables(dialect);
    this.application = application;
    this.timeout = setup.options().connectTimeout();
  }

  static Looking open(Setup setup, Dialect dialect, String application) {
    Looking looking = new Looking(setup, dialect, application);
    looking.connection();
    return looking;
  }

  /** For somebody who may need no more than {@link #see(Sources, String)}. */
  static Looking lazily(Setup setup, Dialect dialect, String application) {
    return new Looking(setup, dialect, application);
  }

  /** The same, on a connection that somebody lends, where there is one. */
  static Looking borrowing(Setup setup, Dialect dialect, String application) {
    Looking looking = new Looking(setup, dialect, application);
    looking.connection = setup.borrowed().get();
    return looking;
  }

  Dialect dialect() {
    return dialect;
  }

  DatabaseUrl url() {
    return url;
  }

  HistoryTables tables() {
    return tables;
  }

  Connection connection() {
    Connection open = connection;
    if (open == null) {
      open = dialect.connector().open(url, application, timeout);
      connection = open;
    }
    return open;
  }

  Result.Database database() {
    String known = version;
    return new Result.Database(
        known == null ? dialect.connector().version(connection()) : known, url.toString());
  }

  /** One query; a second one where there is no history. */
  Seen see() {
    try {
      return new Seen(supported(tables.read(connection())), List.of(), null);
    } catch (SQLException e) {
      return withoutHistory(e);
    }
  }

  /**
   * The same, for somebody who goes to a target: the revisions don't travel when the files and the
   * rows are those of the last run.
   */
  Seen see(Sources sources, String target) {
    boolean everything = target.equals("head") || target.equals("heads");
    if (!everything) {
      return see();
    }
    try {
      HistoryTables.Glance glance = glance(sources);
      List<String> settled = glance.settled();
      if (settled != null && settled.size() > 1 && target.equals("head")) {
        return see();
      }
      return new Seen(supported(glance.history()), List.of(), settled);
    } catch (SQLException e) {
      // A server that is only like PostgreSQL may lack a function that the short way uses.
      boolean none = dialect.failures().meaning(e) == Failures.Meaning.NO_SUCH_TABLE;
      return none ? withoutHistory(e) : see();
    }
  }

  /** Without the driver where nothing has started it yet, which is a good part of a start. */
  private HistoryTables.Glance glance(Sources sources) throws SQLException {
    if (connection == null) {
      long start = System.nanoTime();
      Answer answer =
          dialect
              .connector()
              .ask(
                  url,
                  application,
                  timeout,
                  () -> tables.settledQuery(sources.fingerprint()),
                  tables.gateQuery());
      if (answer != null) {
        version = answer.version();
        return tables.glance(answer.rows());
      }
      // The driver tells what is wrong, and has the rest of the time for it.
      Duration rest = timeout.minusNanos(System.nanoTime() - start);
      timeout = rest.compareTo(SHORTEST) < 0 ? SHORTEST : rest;
    }
    return tables.glance(connection(), tables.settledQuery(sources.fingerprint()));
  }

  private Seen withoutHistory(SQLException e) {
    if (dialect.failures().meaning(e) != Failures.Meaning.NO_SUCH_TABLE) {
      throw failure(e);
    }
    List<String> objects = objects();
    return objects.isEmpty() ? new Seen(History.none(), objects, null) : again(objects);
  }

  /** Another deployer may have begun between the two questions: its history comes first. */
  private Seen again(List<String> objects) {
    try {
      return new Seen(supported(tables.read(connection())), List.of(), null);
    } catch (SQLException e) {
      if (dialect.failures().meaning(e) == Failures.Meaning.NO_SUCH_TABLE) {
        return new Seen(History.none(), objects, null);
      }
      throw failure(e);
    }
  }

  private List<String> objects() {
    try {
      return dialect.contents().userObjects(connection(), tables.home(), SHOWN_OBJECTS).stream()
          .map(name -> name.replace("\n", "\\n").replace("\r", "\\r"))
          .toList();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private History supported(History history) {
    if (history.layout() > HistoryLayout.VERSION) {
      throw Problem.of(ErrorCode.E_AHEAD, "history.newer")
          .with("home", tables.home())
          .with("layout", history.layout())
          .with("known", HistoryLayout.VERSION)
          .toException();
    }
    return history;
  }

  /** What changed in the schema since the last run, a line each. */
  List<String> drift(History history) {
    return drifted(history).stream().map(Drift.Item::line).toList();
  }

  /** What changed in the schema since the last run. */
  List<Drift.Item> drifted(History history) {
    if (!history.exists()) {
      return List.of();
    }
    try {
      return Drift.look(connection(), dialect.contents(), tables);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** An error while looking, or while keeping the books. */
  WhimbrelException failure(SQLException e) {
    String message = dialect.failures().message(e);
    Problem.Builder problem =
        switch (dialect.failures().meaning(e)) {
          case NO_PERMISSION -> Problem.of(ErrorCode.E_PERMISSION, "history.no-right");
          case READ_ONLY -> Problem.of(ErrorCode.E_READ_ONLY, "apply.read-only");
          case CONNECTION_LOST -> Problem.of(ErrorCode.E_UNREACHABLE, "connect.lost");
          case NO_ROOM -> Problem.of(ErrorCode.E_STATEMENT, "history.no-room");
          case LOCK_TIMEOUT,
              TRY_AGAIN,
              NO_SUCH_TABLE,
              NEEDS_NO_TRANSACTION,
              CANCELLED,
              DUPLICATE,
              OTHER ->
              Problem.of(ErrorCode.E_STATEMENT, "history.broken");
        };
    return problem
        .with("home", setup.options().historySchema())
        .with("url", url)
        .with("message", message)
        .toException(e);
  }

  @Override
  public void close() {
    Connection open = connection;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      // Nothing is waiting on it any more.
      return;
    }
  }
}
