package dev.whimbrel.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.OptionalInt;

/** Another process that opens a server, says where its data is, and closes it when told to. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts {@link #main}: {@code local PROJECT} or {@code scratch CACHE}. */
  static Child start(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName());
    builder.command().addAll(List.of(arguments));
    return new Child(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits for it to be connected. */
  Path data() throws IOException {
    return Path.of(String.valueOf(output.readLine()));
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Has it close its server and end. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    EmbeddedSettings settings = EmbeddedSettings.of(System.getenv());
    Path folder = Path.of(arguments[1]);
    try (EmbeddedPostgres server =
            arguments[0].equals("local")
                ? EmbeddedPostgres.local(settings, folder, OptionalInt.empty())
                : EmbeddedPostgres.scratch(
                    new EmbeddedSettings(folder, null, settings.localRepository(), null), 18);
        Connection connection = server.connect("postgres")) {
      System.out.println(EmbeddedPostgresTest.first(connection, "show data_directory"));
      while (System.in.read() >= 0) {
        // Until the parent closes it.
      }
    }
  }
}
