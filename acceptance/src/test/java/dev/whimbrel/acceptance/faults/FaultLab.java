package dev.whimbrel.acceptance.faults;

import dev.whimbrel.Options;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.acceptance.faults.CutProxy.Line;
import dev.whimbrel.acceptance.faults.CutProxy.Moment;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deploys a directory of revisions again and again, harms each run, and looks at what is left. */
final class FaultLab implements AutoCloseable {
  private static final String DATABASE = "faults";

  private final Supplier<EmbeddedPostgres> starter;
  private EmbeddedPostgres server;
  private final Path migrations;
  private final CutProxy proxy;
  private final List<String> points;
  private final Snapshot expected;

  /**
   * Deploys once without a fault: what the other runs are measured by.
   *
   * @param starter starts the server, and starts it again after it was stopped
   */
  FaultLab(Supplier<EmbeddedPostgres> starter, Path migrations)
      throws IOException, SQLException, InterruptedException {
    this.starter = starter;
    this.server = starter.get();
    this.migrations = migrations;
    this.proxy = new CutProxy(server.port());
    empty();
    proxy.arm(-1, Moment.BEFORE, line -> true);
    deploy();
    this.points = proxy.seen();
    this.expected = snapshot();
  }

  String version() {
    return server.version();
  }

  /** The messages of the run without a fault. */
  List<String> points() {
    return points;
  }

  /**
   * A run with a fault, and one without.
   *
   * @return how the result differs from the run without faults; empty when it does not
   */
  String run(Fault fault) throws IOException, SQLException, InterruptedException {
    empty();
    if (fault.kind().ofProcess()) {
      process(fault);
    } else {
      proxy.arm(fault.point(), fault.moment(), line -> harm(fault.kind(), line));
      attempt();
    }
    proxy.settle();
    proxy.arm(-1, Moment.BEFORE, line -> true);
    if (fault.kind() == Fault.Kind.STOP) {
      restart();
    }
    patiently().close();
    try {
      Result.Run run = deploy();
      return run.verified() ? differences() : "the second run says that it is not verified";
    } catch (WhimbrelException e) {
      return "the second run failed: " + e.getMessage();
    } finally {
      proxy.cutAll();
    }
  }

  /** A run that may well fail. */
  private void attempt() {
    try {
      deploy();
    } catch (WhimbrelException e) {
      // The fault shows as an error here; what counts is what the next run makes of it.
      return;
    }
  }

  private Result.Run deploy() {
    Options options = Options.defaults().with("lock-wait", "60s").with("connect-timeout", "30s");
    return Whimbrel.in(migrations).url(url()).options(options).build().deploy("head");
  }

  private String url() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s?sslmode=disable&gssEncMode=disable"
        .formatted(server.user(), server.password(), proxy.port(), DATABASE);
  }

  private boolean harm(Fault.Kind kind, Line line) throws IOException {
    switch (kind) {
      case CUT -> proxy.cutAll();
      case CUT_ONE -> line.cut();
      case VANISH -> {
        if (line.isLock()) {
          proxy.cutAll();
        } else {
          line.abandon();
          proxy.cutOthers(line);
        }
      }
      case CRASH -> {
        crash();
        proxy.cutAll();
      }
      case STOP -> {
        stop();
        proxy.cutAll();
      }
      case KILL, TERMINATE -> throw new IllegalArgumentException(kind.words());
    }
    return false;
  }

  /** The postmaster ends all sessions at once when one dies, and recovers from its log. */
  private void crash() throws IOException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      signal("KILL", number(statement, "select pg_backend_pid()"));
      statement.execute("select pg_sleep(60)");
    } catch (SQLException e) {
      // That is the crash.
      return;
    }
    throw new IOException("the server survived");
  }

  /** What {@code pg_ctl stop -m immediate} does: SIGQUIT to the postmaster. */
  private void stop() throws IOException {
    long postmaster;
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      postmaster =
          number(statement, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
    } catch (SQLException e) {
      throw new IOException(e);
    }
    signal("QUIT", postmaster);
    ProcessHandle.of(postmaster).ifPresent(process -> process.onExit().join());
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void signal(String name, long process) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /** A server that was stopped is started again. */
  private void restart() {
    server.close();
    server = starter.get();
    proxy.moved(server.port());
  }

  private void process(Fault fault) throws IOException, InterruptedException {
    Process[] deployer = new Process[1];
    proxy.arm(fault.point(), fault.moment(), line -> end(deployer, fault.kind()));
    synchronized (deployer) {
      deployer[0] = Deployer.start(migrations, url());
    }
    if (!deployer[0].waitFor(2, TimeUnit.MINUTES)) {
      deployer[0].destroyForcibly();
      throw new IOException("the deployer hangs after " + fault);
    }
  }

  private boolean end(@Nullable Process[] deployer, Fault.Kind kind) throws IOException {
    Process process;
    synchronized (deployer) {
      process = deployer[0];
    }
    if (process == null) {
      throw new IOException("a deployer that was never started");
    }
    if (kind == Fault.Kind.TERMINATE) {
      process.destroy();
      return true;
    }
    process.destroyForcibly();
    process.onExit().join();
    return false;
  }

  private void empty() throws SQLException, InterruptedException {
    try (Connection connection = patiently();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + DATABASE + " with (force)");
      statement.execute("create database " + DATABASE + " template template0");
    }
  }

  /** A connection, as soon as the server has recovered. */
  private Connection patiently() throws SQLException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        return server.connect("postgres");
      } catch (SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (attempt > 1000 || !(state.startsWith("57") || state.startsWith("08"))) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }

  private Snapshot snapshot() throws SQLException {
    try (Connection connection = server.connect(DATABASE)) {
      return Snapshot.of(connection);
    }
  }

  private String differences() throws SQLException {
    Snapshot found = snapshot();
    if (found.equals(expected)) {
      return "";
    }
    return found.rows().equals(expected.rows()) && found.history().equals(expected.history())
        ? "schema:\n" + found.schema()
        : "rows: " + found.rows() + "\nhistory: " + found.history();
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    server.close();
  }
}
