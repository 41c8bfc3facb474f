package dev.whimbrel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, streams, and the launcher. */
class ProcessTest {
  private static final String ENDLESS =
      """
      -- revision: aaaa
      -- revises:
      -- message:  Endless

      -- +upgrade

      create table n as
      with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n;
      """;

  @TempDir Path directory;

  @Test
  void aSignalCancelsTheStatementAndLeavesNothingBehind() throws Exception {
    Files.createDirectory(directory.resolve("migrations"));
    Files.writeString(directory.resolve("migrations/a.sql"), ENDLESS);
    Files.writeString(directory.resolve("migrations/HEAD"), "aaaa\n");
    Path err = directory.resolve("err");
    Process process = java("deploy").redirectError(err.toFile()).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.contains("Upgrading to:")) {
        line = out.readLine();
      }
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertThat(err).content().contains("E_CANCELLED", "revision aaaa");
    Process status = java("status", "--json").start();
    assertThat(text(status)).contains("\"current\":[]", "\"pending\":[{\"revision\":\"aaaa\"");
  }

  @Test
  void theDistributionStartsThroughALinkAndKeepsWordsTogether() throws Exception {
    Path launcher = distribution();
    Path link = Files.createSymbolicLink(directory.resolve("link"), launcher);
    Process version = new ProcessBuilder(link.toString(), "--version").start();
    assertThat(text(version)).matches("whimbrel \\d+\\.\\d+\\.\\d+\n");
    Process spaces =
        new ProcessBuilder(link.toString(), "-C", "no such * directory", "status", "--json")
            .start();
    assertThat(text(spaces)).contains("There is no directory no such * directory.");
    assertThat(spaces.waitFor()).isEqualTo(2);
  }

  @Test
  void theDistributionSaysWhenThereIsNoFittingJava() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(distribution().toString(), "--version");
    builder.environment().put("WHIMBREL_JAVA_HOME", directory.toString());
    Process process = builder.redirectErrorStream(true).start();
    assertThat(text(process)).contains("is not a JDK 21 or newer");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  /** It is there in {@code mvn verify}; a lone {@code mvn test} does not package. */
  private static Path distribution() throws IOException {
    List<Path> found = new ArrayList<>();
    Path target = Path.of("../cli/target");
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(target, "whimbrel-*")) {
        for (Path entry : entries) {
          if (Files.isExecutable(entry.resolve("bin/whimbrel"))) {
            found.add(entry.resolve("bin/whimbrel").toRealPath());
          }
        }
      }
    }
    assumeTrue(!found.isEmpty(), "the distribution is made by `mvn package`");
    return found.get(0);
  }

  private ProcessBuilder java(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.whimbrel.cli.Main",
                "-C",
                directory.toString(),
                "--url",
                "sqlite:app.db"));
    command.addAll(List.of(words));
    return new ProcessBuilder(command);
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
