package dev.whimbrel.cli;

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
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

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
    String name = commandOf(words);
    Console console = beforeParsing(words);
    try {
      if (name == null) {
        return withoutCommand(words, console);
      }
      Command command = Commands.named(name);
      if (command == null) {
        throw Commands.unknown(name).toException();
      }
      ParseResult parsed = parse(command, arguments);
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

  private int run(Command command, ParseResult parsed, Globals globals, Console console) {
    ParseResult own = parsed.subcommand();
    if (own.isUsageHelpRequested() || parsed.isUsageHelpRequested()) {
      console.raw(HelpText.one(own.commandSpec()));
      return 0;
    }
    try (Call call =
        new Call(command.name(), own, globals, around, console, interrupts, Cli::everything)) {
      return command.run(call);
    }
  }

  /** The whole command line; starting is faster without it. */
  static CommandLine everything() {
    CommandSpec root = root();
    for (String name : Commands.NAMES) {
      Command command = Commands.named(name);
      if (command != null) {
        root.addSubcommand(name, new CommandLine(spec(command)));
      }
    }
    return new CommandLine(root);
  }

  private static CommandSpec root() {
    CommandSpec root = CommandSpec.create().name("whimbrel");
    Globals.declare(root);
    return root;
  }

  private static CommandSpec spec(Command command) {
    CommandSpec spec = CommandSpec.create().name(command.name());
    spec.usageMessage().description(command.summary());
    command.declare(spec);
    Globals.declare(spec);
    return spec;
  }

  /** The first word that is neither an option nor the value of one; null when there is none. */
  private static @Nullable String commandOf(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (Globals.WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-")) {
        return word;
      }
    }
    return null;
  }

  private static ParseResult parse(Command command, String... arguments) {
    CommandSpec root = root();
    root.addSubcommand(command.name(), new CommandLine(spec(command)));
    CommandLine line = new CommandLine(root);
    try {
      return line.parseArgs(arguments);
    } catch (UnmatchedArgumentException e) {
      throw unmatched(command, e).toException(e);
    } catch (ParameterException e) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.usage")
          .with("reason", String.valueOf(e.getMessage()))
          .with("command", command.name())
          .toException(e);
    }
  }

  private static Problem.Builder unmatched(Command command, UnmatchedArgumentException e) {
    String word = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().get(0);
    String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    if (!option.startsWith("-")) {
      return Problem.of(ErrorCode.E_USAGE, "cli.too-many-words")
          .with("word", word)
          .with("command", command.name());
    }
    List<String> names = new ArrayList<>();
    for (OptionSpec known : e.getCommandLine().getCommandSpec().options()) {
      names.addAll(List.of(known.names()));
    }
    return Problem.of(ErrorCode.E_USAGE, "cli.unknown-option")
        .with("name", option)
        .with("command", command.name())
        .with("nearest", Nearest.to(option, names).map("Did you mean %s? "::formatted).orElse(""));
  }

  private int withoutCommand(List<String> words, Console console) {
    if (words.contains("--help") || words.contains("-h")) {
      console.raw(HelpText.all(everything().getCommandSpec()));
      return 0;
    }
    if (words.isEmpty()) {
      HelpText.all(everything().getCommandSpec()).forEach(console::log);
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
