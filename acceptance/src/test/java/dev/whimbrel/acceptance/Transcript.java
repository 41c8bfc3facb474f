package dev.whimbrel.acceptance;

import dev.whimbrel.cli.Cli;
import dev.whimbrel.cli.command.Interrupts;
import dev.whimbrel.cli.command.Surroundings;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that reads like a terminal, and is a test.
 *
 * <p>Its first lines say what it shows. {@code === PATH} writes the lines below it to a file of the
 * project, {@code $ whimbrel ...} runs a command, {@code $ sql URL: SQL} and {@code $ sh ...} do
 * what the program cannot. Below a command stands what it printed, lines of stderr behind {@code
 * !}, and {@code ? N} where the exit code is not 0. {@code $PG} is the URL of an empty PostgreSQL.
 *
 * <p>What differs from run to run is printed as N, or the like.
 */
final class Transcript implements AutoCloseable {
  private final Path project;
  private final StringBuilder written = new StringBuilder();
  private @Nullable TestDatabase postgresql;

  private Transcript(Path project) {
    this.project = project;
  }

  /** The transcript as it is now, to be compared with what it was. */
  static String run(String text, Path project) throws IOException, SQLException {
    try (Transcript transcript = new Transcript(project)) {
      transcript.play(text.lines().toList());
      return transcript.written.toString();
    }
  }

  private void play(List<String> lines) throws IOException, SQLException {
    int at = 0;
    while (at < lines.size() && !isStep(lines.get(at))) {
      print(lines.get(at++));
    }
    while (at < lines.size()) {
      String step = lines.get(at++);
      List<String> below = new ArrayList<>();
      while (at < lines.size() && !isStep(lines.get(at))) {
        below.add(lines.get(at++));
      }
      print(step);
      if (step.startsWith("=== ")) {
        below.forEach(this::print);
        write(step.substring(4).strip(), below);
      } else {
        run(step.substring(2).strip());
        print("");
      }
    }
    while (written.length() > 1 && written.toString().endsWith("\n\n")) {
      written.setLength(written.length() - 1);
    }
  }

  private static boolean isStep(String line) {
    return line.startsWith("=== ") || line.startsWith("$ ");
  }

  private void print(String line) {
    written.append(line).append('\n');
  }

  private void write(String name, List<String> lines) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    List<String> kept = new ArrayList<>(lines);
    while (!kept.isEmpty() && kept.get(kept.size() - 1).isEmpty()) {
      kept.remove(kept.size() - 1);
    }
    Files.writeString(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
  }

  private void run(String command) throws IOException, SQLException {
    if (command.startsWith("sql ")) {
      int colon = command.indexOf(": ");
      execute(command.substring(4, colon), command.substring(colon + 2));
    } else if (command.startsWith("sh ")) {
      shell(command.substring(3));
    } else if (command.startsWith("whimbrel")) {
      whimbrel(Words.of(command.substring("whimbrel".length())));
    } else {
      throw new IllegalArgumentException("no such step: " + command);
    }
  }

  private void execute(String database, String sql) throws SQLException {
    String url =
        database.equals("$PG") ? postgresql().url() : "jdbc:sqlite:" + project.resolve(database);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void shell(String command) throws IOException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    output.lines().forEach(line -> print(scrubbed(line)));
  }

  private void whimbrel(List<String> words) throws SQLException {
    List<String> arguments = new ArrayList<>();
    if (!words.contains("-C")) {
      arguments.addAll(List.of("-C", project.toString()));
    }
    for (String word : words) {
      boolean directory = !arguments.isEmpty() && arguments.get(arguments.size() - 1).equals("-C");
      String meant = directory ? project.resolve(word).toString() : word;
      arguments.add(word.equals("$PG") ? postgresql().url() : meant);
    }
    Screen screen = new Screen();
    Surroundings around =
        new Surroundings(
            screen.stream(""),
            screen.stream("! "),
            new ByteArrayInputStream(new byte[0]),
            Map.of(),
            "",
            "");
    int exit = new Cli(around, new Interrupts()).run(arguments.toArray(String[]::new));
    screen.lines.forEach(line -> print(scrubbed(line)));
    if (exit != 0) {
      print("? " + exit);
    }
  }

  private TestDatabase postgresql() throws SQLException {
    if (postgresql == null) {
      postgresql = PostgresExtension.create(18);
    }
    return postgresql;
  }

  /** Without what differs from run to run. */
  private String scrubbed(String line) {
    String today = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
    return line.replace(project + "/", "")
        .replace(project.toString(), ".")
        .replace(today, "YYYYMMDD")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
        .replaceAll("localhost:\\d+", "HOST")
        .replaceAll("test_\\d+", "DATABASE")
        .replaceAll("(postgresql|sqlite|PostgreSQL|SQLite) (\\d+)[.\\d]*", "$1 $2")
        .replaceAll("\\b\\d+ ms\\b|\\b\\d+(\\.\\d+)? s\\b", "N ms")
        .replaceAll("\"ms\":\\d+", "\"ms\":N")
        .replaceAll(
            "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d[.\\d]*(Z|[+-]\\d\\d(:?\\d\\d)?)?",
            "TIME");
  }

  @Override
  public void close() throws SQLException {
    if (postgresql != null) {
      postgresql.close();
    }
  }

  /** What both streams printed, in the order in which they did. */
  private static final class Screen {
    private final List<String> lines = new ArrayList<>();

    PrintStream stream(String mark) {
      ByteArrayOutputStream bytes =
          new ByteArrayOutputStream() {
            @Override
            public void flush() {
              toString(StandardCharsets.UTF_8)
                  .lines()
                  .forEach(line -> lines.add((mark + line).stripTrailing()));
              reset();
            }
          };
      return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }
  }

  /** The words of a command line; quotes keep spaces. */
  private static final class Words {
    private Words() {}

    static List<String> of(String line) {
      List<String> words = new ArrayList<>();
      StringBuilder word = new StringBuilder();
      boolean quoted = false;
      boolean begun = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '"') {
          quoted = !quoted;
          begun = true;
        } else if (c == ' ' && !quoted) {
          if (begun) {
            words.add(word.toString());
            word.setLength(0);
            begun = false;
          }
        } else {
          word.append(c);
          begun = true;
        }
      }
      if (begun) {
        words.add(word.toString());
      }
      return words;
    }
  }
}
