package dev.whimbrel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the program prints, compared with files a person can review. {@code -Dwhimbrel.goldens=true}
 * rewrites them, and still fails.
 */
class TranscriptTest {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-zA-Z]+}");

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("all")
  void printsWhatTheTranscriptSays(Path file) throws Exception {
    String expected = Files.readString(file);
    Path project = Files.createDirectory(directory.resolve("project"));
    String now = Transcript.run(expected, project.toRealPath());
    if (Boolean.getBoolean("whimbrel.goldens") && !now.equals(expected)) {
      Files.writeString(file, now);
      throw new AssertionError("rewrote " + file + "; run again without whimbrel.goldens");
    }
    assertThat(now).isEqualTo(expected);
  }

  /** A golden is named after the key of its problem: the catalogue's text has to be in it. */
  @ParameterizedTest
  @MethodSource("errors")
  void showsTheProblemItIsNamedAfter(Path file) throws IOException {
    String key = file.getFileName().toString().replace(".txt", "");
    String template = catalogue().getProperty(key + ".problem");
    assertThat(template).as("there is a text for " + key).isNotNull();
    String text =
        Files.readString(file)
            .lines()
            .map(line -> line.replaceFirst("^! +", "").replaceFirst("^❌ E_[A-Z_]+: ", ""))
            .collect(Collectors.joining("\n"));
    String wanted =
        Arrays.stream(PLACEHOLDER.split(template, -1))
            .map(part -> part.lines().map(String::strip).collect(Collectors.joining("\n")))
            .map(part -> part.isBlank() ? "" : Pattern.quote(part.strip()))
            .collect(Collectors.joining("(?s:.*)"));
    assertThat(text).containsPattern(wanted);
  }

  /**
   * Every text of the catalogue has a golden, or a line in {@code errors/without.properties} that
   * says why it has none.
   */
  @Test
  void everyTextHasAGoldenOrAReasonWhyNot() throws IOException {
    Properties reasons = new Properties();
    reasons.load(
        new StringReader(Files.readString(RESOURCES.resolve("errors/without.properties"))));
    TreeSet<String> missing = new TreeSet<>();
    TreeSet<String> needless = new TreeSet<>();
    for (String name : catalogue().stringPropertyNames()) {
      if (name.endsWith(".problem")) {
        String key = name.substring(0, name.length() - ".problem".length());
        boolean golden = Files.exists(RESOURCES.resolve("errors/" + key + ".txt"));
        boolean reason =
            reasons.containsKey(key) || reasons.containsKey(key.replaceFirst("\\..*", ".*"));
        if (!golden && !reason) {
          missing.add(key);
        }
        if (golden && reasons.containsKey(key)) {
          needless.add(key);
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(needless).isEmpty();
  }

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .filter(file ->
              file.startsWith(RESOURCES.resolve("errors"))
                  || file.startsWith(RESOURCES.resolve("transcripts")))
          .sorted()
          .toList();
    }
  }

  static List<Path> errors() throws IOException {
    return all().stream().filter(file -> file.startsWith(RESOURCES.resolve("errors"))).toList();
  }

  private static Properties catalogue() throws IOException {
    Properties texts = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                TranscriptTest.class.getResourceAsStream(
                    "/dev/whimbrel/error/messages.properties")),
            StandardCharsets.UTF_8)) {
      texts.load(reader);
    }
    return texts;
  }
}
