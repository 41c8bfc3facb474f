package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.Arguments;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    Spec.text(spec, "DIR", "The project's directory, where whimbrel.toml is.", "-C", "--directory");
    Spec.text(spec, "NAME", "The environment of whimbrel.toml that is meant.", "--env");
    Spec.text(spec, "URL", "The database; wins over everything else.", "--url");
    Spec.flag(spec, "Print one JSON object instead of text.", "--json");
    Spec.flag(spec, "Print one JSON object per event, then the result.", "--ndjson");
    Spec.flag(spec, "Answer yes to every question.", "--yes", "-y");
    Spec.flag(spec, "Log statements and other details to stderr.", "-v", "--verbose");
    Spec.flag(spec, "No emoji.", "--ascii");
    Spec.flag(spec, "No colours and no progress bar.", "--no-color");
    Spec.flag(spec, "Show help.", "-h", "--help");
  }

  /** The options as they were given; after the command's name they win. */
  public static Globals of(Arguments arguments) {
    boolean json = arguments.has("--json");
    boolean ndjson = arguments.has("--ndjson");
    if (json && ndjson) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.json-and-ndjson").toException();
    }
    String directory = arguments.text("-C");
    return new Globals(
        Path.of(directory == null ? "" : directory),
        arguments.text("--env"),
        arguments.text("--url"),
        json ? Console.Mode.JSON : ndjson ? Console.Mode.NDJSON : Console.Mode.TEXT,
        arguments.has("--yes"),
        arguments.has("-v"),
        arguments.has("--ascii"),
        arguments.has("--no-color"));
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
