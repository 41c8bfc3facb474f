package dev.whimbrel.cli.command;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Another tool's program, run for what it prints; its errors are told, its logs are not. */
final class ForeignProgram {
  private final String command;

  ForeignProgram(String command) {
    this.command = command;
  }

  /**
   * Runs the program.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_SOURCE with the end of what it said when it
   *     fails
   */
  String print(Path directory, List<String> arguments, Map<String, String> variables) {
    List<String> words = new ArrayList<>(List.of(command.strip().split("\\s+", -1)));
    words.addAll(arguments);
    try {
      Path errors = Files.createTempFile("whimbrel-import", ".log");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(words)
                .directory(directory.toAbsolutePath().toFile())
                .redirectError(errors.toFile());
        variables.forEach((name, value) ->
            builder
                .environment()
                .merge(
                    name,
                    value,
                    (there, added) ->
                        name.endsWith("PATH") ? added + File.pathSeparator + there : added));
        Process process = builder.start();
        process.getOutputStream().close();
        String printed =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
          throw failed(words, directory, Integer.toString(exit), Files.readString(errors))
              .toException();
        }
        return printed;
      } finally {
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      throw failed(words, directory, "none", String.valueOf(e.getMessage())).toException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(words, directory, "none", "interrupted").toException(e);
    }
  }

  private static Problem.Builder failed(
      List<String> words, Path directory, String exit, String output) {
    List<String> lines = output.strip().lines().toList();
    return Problem.of(ErrorCode.E_SOURCE, "import.command")
        .with("command", String.join(" ", words))
        .with("exit", exit)
        .with("directory", directory)
        .with(
            "output",
            String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size())));
  }
}
