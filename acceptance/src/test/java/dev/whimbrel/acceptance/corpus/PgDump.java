package dev.whimbrel.acceptance.corpus;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Debian's {@code pg_dump} 15, which shares no code with what is tested. */
public final class PgDump {
  private static final Path PROGRAM = Path.of("/usr/lib/postgresql/15/bin/pg_dump");

  private final URI server;

  public PgDump(String jdbcUrl) {
    server = URI.create(jdbcUrl.substring("jdbc:".length()));
  }

  /** The schema of a database; empty where the program is not installed. */
  String dump(Connection connection) throws SQLException {
    return run(connection, "--schema-only");
  }

  /** The schema and the rows of a database; empty where the program is not installed. */
  public String content(Connection connection) throws SQLException {
    // It guards its output with a random word.
    return run(connection, "--inserts").replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }

  private String run(Connection connection, String option) throws SQLException {
    if (!Files.isExecutable(PROGRAM)) {
      return "";
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            PROGRAM.toString(),
            option,
            "--no-owner",
            "--host=" + server.getHost(),
            "--port=" + server.getPort(),
            "--username=" + connection.getMetaData().getUserName(),
            connection.getCatalog());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    for (String parameter : String.valueOf(server.getRawQuery()).split("&", -1)) {
      if (parameter.startsWith("password=")) {
        builder.environment().put("PGPASSWORD", parameter.substring("password=".length()));
      }
    }
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(List.of(PROGRAM, exit).toString());
      }
      return text;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
