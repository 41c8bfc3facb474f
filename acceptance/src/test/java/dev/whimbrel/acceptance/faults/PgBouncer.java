package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whimbrel.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PgBouncer of our own before a server. */
final class PgBouncer implements AutoCloseable {
  private final Process process;
  private final int port;

  private PgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one; skips the test where PgBouncer is not installed.
   *
   * @param mode {@code session} or {@code transaction}
   * @param settings further lines of its configuration
   */
  static PgBouncer start(EmbeddedPostgres server, Path folder, String mode, String... settings)
      throws IOException {
    Path program = Path.of("/usr/sbin/pgbouncer");
    assumeTrue(Files.isExecutable(program), "the package pgbouncer is not installed");
    int port = freePort();
    List<String> lines = new ArrayList<>();
    lines.add("[databases]");
    lines.add(
        "* = host=127.0.0.1 port=%d user=%s password=%s"
            .formatted(server.port(), server.user(), server.password()));
    lines.add("[pgbouncer]");
    lines.add("listen_addr = 127.0.0.1");
    lines.add("listen_port = " + port);
    lines.add("unix_socket_dir =");
    lines.add("auth_type = any");
    lines.add("pool_mode = " + mode);
    lines.add("query_wait_timeout = 20");
    lines.addAll(List.of(settings));
    Path file = folder.resolve("pgbouncer-" + port + ".ini");
    Files.write(file, lines);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    if (System.getProperty("user.name", "").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(file.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    List<String> said = new ArrayList<>();
    String line = log.readLine();
    while (line != null && !line.contains("process up")) {
      said.add(line);
      line = log.readLine();
    }
    assertThat(line).as("PgBouncer started: %s", said).isNotNull();
    Thread.ofVirtual().start(() -> drain(log));
    return new PgBouncer(process, port);
  }

  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // It has ended.
      return;
    }
  }

  String url(String database) {
    return "postgresql://someone@127.0.0.1:" + port + "/" + database;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
