package dev.whimbrel.acceptance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the inputs that are kept, then those a fuzzer makes of them. {@code make fuzz} does the
 * latter for ten minutes; what it finds is kept under the folder of its parser.
 */
class FuzzTest {
  private static final Path CORPUS = Path.of("src/test/resources/fuzz");
  private static final int RUNS = 15_000;
  private static final int SEED = 20_260_109;

  @TempDir Path folder;

  static Stream<Path> kept() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void readsOrRefusesWhatIsKept(Path file) throws IOException {
    String parser = CORPUS.relativize(file).getName(0).toString();
    Stream.of(Parser.values())
        .filter(each -> each.folderName().equals(parser))
        .findFirst()
        .orElseThrow()
        .read(Files.readAllBytes(file));
  }

  @Test
  void readsOrRefusesWhatAFuzzerMakesOfIt() throws IOException, InterruptedException {
    Path inputs = Files.createDirectory(folder.resolve("inputs"));
    int number = 0;
    for (Path file : kept().toList()) {
      Parser parser =
          Parser.valueOf(CORPUS.relativize(file).getName(0).toString().toUpperCase(Locale.ROOT));
      byte[] bytes = Files.readAllBytes(file);
      byte[] chosen = new byte[bytes.length + 1];
      chosen[0] = (byte) List.of(Parser.values()).indexOf(parser);
      System.arraycopy(bytes, 0, chosen, 1, bytes.length);
      Files.write(inputs.resolve("kept-" + number++), chosen);
    }
    int seconds = Integer.getInteger("fuzz.seconds", 0);
    String limit = seconds == 0 ? "-runs=" + RUNS : "-max_total_time=" + seconds;
    Path found = Files.createDirectories(Path.of("target/fuzz").toAbsolutePath());
    String output = fuzz(inputs, found, limit, "-seed=" + (seconds == 0 ? SEED : 0));
    assertThat(output)
        .as("what it found is in " + found)
        .contains("Done ")
        .doesNotContain("== Java Exception", "ERROR: libFuzzer");
  }

  private String fuzz(Path inputs, Path found, String... limits)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--instrumentation_includes=dev.whimbrel.**",
                "--disabled_hooks=**",
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/",
                "-max_len=4096",
                "-timeout=20",
                "-dict=" + CORPUS.resolveSibling("fuzz.dict").toAbsolutePath()));
    command.addAll(List.of(limits));
    command.add(inputs.toString());
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    return output;
  }
}
