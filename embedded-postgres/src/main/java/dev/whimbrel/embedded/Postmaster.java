package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts, finds and stops the server of one home (see {@link DataFolder}). */
final class Postmaster {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 5;

  private final Toolbox tools;
  private final Binaries.Installed installed;
  private final Path home;

  Postmaster(Toolbox tools, Binaries.Installed installed, Path home) {
    this.tools = tools;
    this.installed = installed;
    this.home = home;
  }

  /** The running server, if there is one. */
  static Optional<PidFile> running(Path home) {
    return PidFile.read(home.resolve("data")).filter(file -> file.process().isPresent());
  }

  /**
   * Starts the server on a free port of the loopback and waits until it accepts connections.
   *
   * @param settings of {@code postgresql.conf}; they have precedence over the file
   */
  PidFile start(Map<String, String> settings) throws IOException {
    String reason = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path log = home.resolve("server.log");
      Files.deleteIfExists(log);
      Files.deleteIfExists(home.resolve("data").resolve("postmaster.pid"));
      Optional<PidFile> started = launch(settings, freePort(), log);
      if (started.isPresent()) {
        return started.get();
      }
      reason = Files.exists(log) ? Files.readString(log).strip() : "it left no log";
      // Another process may take the port between our look and the server's.
      if (!reason.contains("Address already in use")) {
        break;
      }
    }
    throw Problem.of(ErrorCode.E_SCRATCH, "embedded.start")
        .with("release", installed.release())
        .with("folder", home)
        .with("reason", reason)
        .toException();
  }

  private Optional<PidFile> launch(Map<String, String> settings, int port, Path log)
      throws IOException {
    Process starter =
        Programs.builder(
                home,
                tools
                    .user()
                    .wrap(
                        pgCtl(
                            "start",
                            "-w",
                            "-t",
                            Long.toString(LIMIT.toSeconds()),
                            "-l",
                            log.toString(),
                            "-o",
                            options(settings, port))))
            .redirectInput(ProcessBuilder.Redirect.from(nothing()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // The starter looks ten times a second only; the file tells at once.
    while (true) {
      boolean over = !starter.isAlive();
      Optional<PidFile> file = PidFile.read(home.resolve("data")).filter(PidFile::ready);
      if (file.isPresent() || over) {
        return file;
      }
      Pause.millis(2);
    }
  }

  private java.io.File nothing() {
    return new java.io.File(tools.platform().windows() ? "NUL" : "/dev/null");
  }

  private static String options(Map<String, String> settings, int port) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("listen_addresses", "127.0.0.1");
    all.put("port", Integer.toString(port));
    all.put("unix_socket_directories", "");
    StringBuilder text = new StringBuilder();
    all.forEach((name, value) -> text.append(" -c ").append(name).append("=").append(value));
    return text.substring(1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }

  /**
   * Stops the server if it runs, and waits for its end.
   *
   * @param mode {@code fast} writes all data first, {@code immediate} leaves that to the next start
   */
  void stop(String mode) {
    Optional<PidFile> file = running(home);
    if (file.isEmpty()) {
      return;
    }
    Programs.run(home, tools.user().wrap(pgCtl("stop", "-W", "-m", mode)));
    long end = System.nanoTime() + LIMIT.toNanos();
    while (file.get().process().isPresent()) {
      if (System.nanoTime() > end) {
        file.get().process().ifPresent(ProcessHandle::destroyForcibly);
        return;
      }
      Pause.millis(2);
    }
  }

  private List<String> pgCtl(String action, String... arguments) {
    java.util.ArrayList<String> command = new java.util.ArrayList<>();
    command.add(installed.program(tools.platform(), "pg_ctl"));
    command.add(action);
    command.add("-s");
    command.add("-D");
    command.add(home.resolve("data").toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
