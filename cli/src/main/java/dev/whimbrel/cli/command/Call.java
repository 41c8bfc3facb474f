package dev.whimbrel.cli.command;

import dev.whimbrel.Event;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.Arguments;
import dev.whimbrel.cli.config.Config;
import dev.whimbrel.cli.config.Database;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of the program: what was asked, and what it is answered with. Not thread-safe. */
public final class Call implements AutoCloseable {
  private final String command;
  private final Arguments arguments;
  private final Globals globals;
  private final Surroundings around;
  private final Console console;
  private final Interrupts interrupts;
  private @Nullable Project project;

  /** A call of one command. */
  public Call(
      String command,
      Arguments arguments,
      Globals globals,
      Surroundings around,
      Console console,
      Interrupts interrupts) {
    this.command = command;
    this.arguments = arguments;
    this.globals = globals;
    this.around = around;
    this.console = console;
    this.interrupts = interrupts;
  }

  Console console() {
    return console;
  }

  Globals globals() {
    return globals;
  }

  Surroundings around() {
    return around;
  }

  boolean has(String option) {
    return arguments.has(option);
  }

  @Nullable String option(String name) {
    return arguments.text(name);
  }

  List<String> options(String name) {
    return arguments.texts(name);
  }

  /** The only parameter; {@code otherwise} when it was left out. */
  String parameter(String otherwise) {
    return arguments.words().isEmpty() ? otherwise : arguments.words().get(0);
  }

  List<String> parameters() {
    return arguments.words();
  }

  /** The project in the directory that is meant. */
  Project project() {
    if (project == null) {
      project = Project.open(Config.read(globals.directory(), around.environment()), this);
    }
    return project;
  }

  /** The facade without a database. */
  Whimbrel offline() {
    return project().offline(console::quietly);
  }

  /** The facade with the database; its course is logged only. */
  Whimbrel online() {
    return online(console::quietly);
  }

  /** The facade with the database; its course is the payload. */
  Whimbrel telling() {
    return online(console::event);
  }

  /** The facade with the database, which can also read the models. */
  Whimbrel modelling() {
    Whimbrel whimbrel =
        project().online(console::quietly, builder -> builder.models(Entities.of(this)));
    interrupts.running(whimbrel);
    return whimbrel;
  }

  private Whimbrel online(Consumer<Event> events) {
    Whimbrel whimbrel = project().online(events);
    interrupts.running(whimbrel);
    return whimbrel;
  }

  /** Who named the database; null when none was named. */
  @Nullable String source() {
    return project().database().map(Database::source).orElse(null);
  }

  /** Says which database it is, in the words of whoever named it. */
  void database(Map<String, @Nullable Object> fields, Result.Database database) {
    Fields.database(fields, project().shown(database), source());
  }

  /**
   * Gives programs the result: command, state and exit first.
   *
   * @return {@code exit}
   */
  int answer(@Nullable Object state, int exit, Map<String, @Nullable Object> fields) {
    console.result(result(state, exit, fields));
    return exit;
  }

  /** What programs are given. */
  Map<String, @Nullable Object> result(
      @Nullable Object state, int exit, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> result = Fields.object();
    result.put("command", command);
    result.put("state", state);
    result.put("exit", exit);
    result.putAll(fields);
    return result;
  }

  /**
   * Asks before something that cannot be undone by running again.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIRM when there is nobody to ask, or the
   *     answer is no
   */
  void confirm(String what) {
    if (globals.yes()) {
      return;
    }
    if (!canAsk()) {
      throw Problem.of(ErrorCode.E_CONFIRM, "cli.confirm")
          .with("what", what)
          .with("command", command)
          .toException();
    }
    if (!agrees(what + " Go on?")) {
      throw Problem.of(ErrorCode.E_CONFIRM, "cli.declined").toException();
    }
  }

  /** Whether there is a person who can be asked. */
  boolean canAsk() {
    return around.canAsk() && console.isText();
  }

  /** Asks a person; no is what silence means. */
  boolean agrees(String question) {
    console.ask(question + " [y/N] ");
    return readLine().strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private String readLine() {
    try {
      String line =
          new BufferedReader(new InputStreamReader(around.in(), StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (project != null) {
      project.close();
    }
  }
}
