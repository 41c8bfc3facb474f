package com.werent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application, as the image runs it: its revisions are in its jar. */
class PackagedIT {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  @TempDir private Path elsewhere;

  @Test
  void refusesADatabaseThatIsBehindThenDeploysToItAndServes() throws Exception {
    Database database = Database.create("packaged");
    Process refused = start(database, "check");
    String log = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(refused.waitFor()).isEqualTo(1);
    assertThat(log)
        .contains("APPLICATION FAILED TO START", "E_PENDING", "needs 04f23c4db7a1")
        .doesNotContain("\tat ");

    Process running = start(database, "deploy");
    try (BufferedReader lines = running.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      URI users = URI.create("http://localhost:" + port(lines) + "/users");
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(users).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.body()).isEqualTo("[]");
    } finally {
      running.destroy();
      running.waitFor();
    }
  }

  private Process start(Database database, String mode) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("packaged"),
                "--whimbrel.mode=" + mode)
            .directory(elsewhere.toFile())
            .redirectErrorStream(true);
    builder.environment().put("DATABASE_URL", database.url());
    builder.environment().put("PORT", "0");
    return builder.start();
  }

  private static String port(BufferedReader lines) throws IOException {
    StringBuilder log = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.append(line).append('\n');
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new AssertionError(log.toString());
  }
}
