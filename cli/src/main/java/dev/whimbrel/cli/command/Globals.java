package dev.whimbrel.cli.command;

import dev.whimbrel.cli.output.Console;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options every command understands, before and after its name.
 *
 * @param environment of {@code --env}; null when none was named
 * @param url of {@code --url}; null when none was given
 */
public record Globals(
    Path directory,
    @Nullable String environment,
    @Nullable String url,
    Console.Mode mode,
    boolean yes,
    boolean verbose,
    boolean ascii,
    boolean plain) {
  /** Those that take a value; the word after one is not the command. */
  public static final List<String> WITH_VALUE = List.of("-C", "--directory", "--env", "--url");

  /** Declares the options. */
  public static void declare(CommandSpec spec) {
    value(spec, "DIR", "The project's directory, where whimbrel.toml is.", "-C", "--directory");
    value(spec, "NAME", "The environment of whimbrel.toml that is meant.", "--env");
    value(spec, "URL", "The database; wins over everything else.", "--url");
    flag(spec, "Print one JSON object instead of text.", "--json");
    flag(spec, "Print one JSON object per event, then the result.", "--ndjson");
    flag(spec, "Answer yes to every question.", "--yes", "-y");
    flag(spec, "Log statements and other details to stderr.", "-v", "--verbose");
    flag(spec, "No emoji.", "--ascii");
    flag(spec, "No colours and no progress bar.", "--no-color");
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .arity("0")
            .description("Show help.")
            .build());
  }

  private static void value(CommandSpec spec, String label, String about, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(String.class)
            .arity("1")
            .paramLabel(label)
            .description(about)
            .build());
  }

  private static void flag(CommandSpec spec, String about, String... names) {
    spec.addOption(
        OptionSpec.builder(names).type(boolean.class).arity("0").description(about).build());
  }

  /** The options as they were given; after the command's name they win. */
  public static Globals of(ParseResult root) {
    boolean json = has(root, "--json");
    boolean ndjson = has(root, "--ndjson");
    if (json && ndjson) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.json-and-ndjson").toException();
    }
    String directory = text(root, "-C");
    return new Globals(
        Path.of(directory == null ? "" : directory),
        text(root, "--env"),
        text(root, "--url"),
        json ? Console.Mode.JSON : ndjson ? Console.Mode.NDJSON : Console.Mode.TEXT,
        has(root, "--yes"),
        has(root, "-v"),
        has(root, "--ascii"),
        has(root, "--no-color"));
  }

  private static boolean has(ParseResult root, String name) {
    return root.hasMatchedOption(name)
        || (root.hasSubcommand() && root.subcommand().hasMatchedOption(name));
  }

  private static @Nullable String text(ParseResult root, String name) {
    String outer = root.matchedOptionValue(name, (String) null);
    return root.hasSubcommand() ? root.subcommand().matchedOptionValue(name, outer) : outer;
  }

  /** Where a command with these options writes. */
  public Console console(Surroundings around) {
    boolean still = plain || around.isDumb() || around.refusesColour();
    boolean progress =
        !plain && !around.isDumb() && around.isOutTerminal() && around.isErrTerminal();
    return new Console(
        around.out(),
        around.err(),
        new Console.Manner(
            mode,
            ascii || around.lacksUnicode(),
            !still && around.isOutTerminal() && around.isErrTerminal(),
            progress,
            verbose,
            around.isOutTerminal()));
  }
}
