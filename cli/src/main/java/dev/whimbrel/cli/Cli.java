package dev.whimbrel.cli;

import dev.whimbrel.cli.arguments.Arguments;
import dev.whimbrel.cli.command.Call;
import dev.whimbrel.cli.command.Command;
import dev.whimbrel.cli.command.Commands;
import dev.whimbrel.cli.command.Globals;
import dev.whimbrel.cli.command.HelpText;
import dev.whimbrel.cli.command.Interrupts;
import dev.whimbrel.cli.command.Surroundings;
import dev.whimbrel.cli.command.Version;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program without the process: arguments in, an exit code out. */
public final class Cli {
  private final Surroundings around;
  private final Interrupts interrupts;

  public Cli(Surroundings around, Interrupts interrupts) {
    this.around = around;
    this.interrupts = interrupts;
  }

  /** Runs one command and returns its exit code; never throws. */
  public int run(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    if (words.contains("--version") || words.equals(List.of("-V"))) {
      around.out().print("whimbrel " + Version.text() + "\n");
      around.out().flush();
      return 0;
    }
    int at = commandIn(words);
    String name = at < 0 ? null : words.get(at);
    Console console = beforeParsing(words);
    try {
      if (name == null) {
        return withoutCommand(words, console);
      }
      Command command = Commands.named(name);
      if (command == null) {
        throw Commands.unknown(name).toException();
      }
      Arguments parsed =
          Arguments.read(
              Commands.spec(command),
              Commands.shared(),
              words.subList(0, at),
              words.subList(at + 1, words.size()));
      Globals globals = Globals.of(parsed);
      console = globals.console(around);
      return run(command, parsed, globals, console);
    } catch (WhimbrelException e) {
      console.failure(name, e.problem());
      return e.code().exit();
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      return fault(name, console, e, words.contains("-v") || words.contains("--verbose"));
    } finally {
      console.stopProgress();
      interrupts.finished();
    }
  }

  private int run(Command command, Arguments parsed, Globals globals, Console console) {
    if (parsed.has("--help")) {
      console.raw(HelpText.one(Commands.spec(command)));
      return 0;
    }
    try (Call call = new Call(command.name(), parsed, globals, around, console, interrupts)) {
      return command.run(call);
    }
  }

  /** Where the first word is that is neither an option nor its value; -1 when there is none. */
  private static int commandIn(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (Globals.WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-")) {
        return i;
      }
    }
    return -1;
  }

  private int withoutCommand(List<String> words, Console console) {
    if (words.contains("--help") || words.contains("-h")) {
      console.raw(HelpText.all());
      return 0;
    }
    if (words.isEmpty()) {
      HelpText.all().forEach(console::log);
      return ErrorCode.E_USAGE.exit();
    }
    throw Problem.of(ErrorCode.E_USAGE, "cli.no-command").toException();
  }

  /** Where to complain about arguments that make no sense. */
  private Console beforeParsing(List<String> words) {
    Console.Mode mode =
        words.contains("--json")
            ? Console.Mode.JSON
            : words.contains("--ndjson") ? Console.Mode.NDJSON : Console.Mode.TEXT;
    boolean plain = words.contains("--no-color");
    return new Globals(
            Path.of(""), null, null, mode, false, false, words.contains("--ascii"), plain)
        .console(around);
  }

  private int fault(@Nullable String name, Console console, Throwable e, boolean verbose) {
    Problem problem =
        Problem.of(ErrorCode.E_INTERNAL, "cli.fault")
            .with("reason", e.toString())
            .with("version", Version.text())
            .build();
    console.failure(name, problem);
    if (verbose) {
      e.printStackTrace(around.err());
      around.err().flush();
    }
    return problem.code().exit();
  }
}
