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

/**
 * Deploys a directory of revisions again and again, harms each run, and looks at what is left.
 *
 * <p>The server does not wait for its disk: it is the server that dies here, not the machine.
 */
final class FaultLab implements AutoCloseable {
  private static final String DATABASE = "faults_";

  /** Of the databases that are done with, so many are dropped at once. */
  private static final int DONE_WITH = 20;

  /** A point that is passed only now and then (a wait, a retry) gets so many runs. */
  private static final int TRIES = 3;

  private final Supplier<EmbeddedPostgres> starter;
  private EmbeddedPostgres server;
  private final Path migrations;
  private final CutProxy proxy;
  private final Snapshot expected;
  private final List<String> points;
  private int databases;

  /**
   * What a fault did.
   *
   * @param at the message at which it was done; empty when no run came to this point
   * @param difference how the result differs from the run without faults; empty when it does not
   */
  record Outcome(String at, String difference) {}

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

  /** The messages of the run without a fault, within this process. */
  List<String> points() {
    return points;
  }

  /** How many messages a process of its own sends, in a run without a fault. */
  int pointsOf(Deployer deployer) throws IOException, SQLException, InterruptedException {
    empty();
    proxy.arm(-1, Moment.BEFORE, line -> true);
    int exit = await(deployer.start(migrations, url()));
    String difference = differences();
    if (exit != 0 || !difference.isEmpty()) {
      throw new IOException("a process of its own exits with " + exit + "; " + difference);
    }
    return proxy.seen().size();
  }

  /** A deployer that starts fast. */
  Deployer deployer(Path folder) throws IOException, SQLException, InterruptedException {
    empty();
    proxy.arm(-1, Moment.BEFORE, line -> true);
    return Deployer.quick(folder, migrations, url());
  }

  /** A run with a fault, and one without. */
  Outcome run(Fault fault, Deployer deployer)
      throws IOException, SQLException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      String at = harmed(fault, deployer);
      if (at != null || attempt == TRIES) {
        return new Outcome(at == null ? "" : at, again());
      }
    }
  }

  private @Nullable String harmed(Fault fault, Deployer deployer)
      throws IOException, SQLException, InterruptedException {
    empty();
    if (fault.kind().ofProcess()) {
      process(fault, deployer);
    } else {
      proxy.arm(fault.point(), fault.moment(), line -> harm(fault.kind(), line));
      attempt();
    }
    String at = proxy.settle();
    proxy.arm(-1, Moment.BEFORE, line -> true);
    if (fault.kind() == Fault.Kind.STOP && at != null) {
      restart();
    }
    patiently().close();
    return at;
  }

  /** The run that makes up for it. */
  private String again() throws SQLException {
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
        .formatted(server.user(), server.password(), proxy.port(), DATABASE + databases);
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

  /**
   * The postmaster ends all sessions when one dies, and recovers from its log: a witness tells when
   * it has noticed.
   */
  private void crash() throws IOException {
    try (Connection victim = server.connect("postgres");
        Statement dying = victim.createStatement();
        Connection witness = server.connect("postgres");
        Statement watching = witness.createStatement()) {
      signal("KILL", number(dying, "select pg_backend_pid()"));
      watching.execute("select pg_sleep(60)");
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
    awaitEnd(postmaster);
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

  /** The end of a process that is not a child of this one, which the JDK looks for rarely. */
  private static void awaitEnd(long pid) throws IOException {
    try {
      while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
        Thread.sleep(5);
      }
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

  private void process(Fault fault, Deployer deployer) throws IOException, InterruptedException {
    Process[] running = new Process[1];
    proxy.arm(fault.point(), fault.moment(), line -> end(running, fault.kind()));
    synchronized (running) {
      running[0] = deployer.start(migrations, url());
    }
    await(running[0]);
  }

  private static int await(Process deployer) throws IOException, InterruptedException {
    if (!deployer.waitFor(2, TimeUnit.MINUTES)) {
      deployer.destroyForcibly();
      throw new IOException("the deployer hangs");
    }
    return deployer.exitValue();
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
      if (databases % DONE_WITH == 0) {
        for (String setting : List.of("fsync", "full_page_writes", "autovacuum")) {
          statement.execute("alter system set " + setting + " = off");
        }
        statement.execute("select pg_reload_conf()");
        for (int i = Math.max(1, databases - DONE_WITH + 1); i <= databases; i++) {
          statement.execute("drop database if exists " + DATABASE + i + " with (force)");
        }
      }
      databases++;
      statement.execute("create database " + DATABASE + databases + " template template0");
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
    try (Connection connection = server.connect(DATABASE + databases)) {
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
