package dev.whimbrel.maven;

import dev.whimbrel.cli.Cli;
import dev.whimbrel.cli.command.Interrupts;
import dev.whimbrel.cli.command.Surroundings;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What all goals have: the facade's options, and the command line that reads {@code whimbrel.toml}
 * and does the work, so that Maven and the command line cannot differ.
 */
abstract class Goal extends AbstractMojo {
  private static final List<String> DRIVERS = List.of("org.postgresql.Driver", "org.sqlite.JDBC");

  /** The directory with whimbrel.toml. */
  @Parameter(property = "whimbrel.directory", defaultValue = "${project.basedir}")
  private @Nullable File directory;

  /** The environment of whimbrel.toml that is meant. */
  @Parameter(property = "whimbrel.env")
  private @Nullable String env;

  /** The database; wins over everything else. */
  @Parameter(property = "whimbrel.url")
  private @Nullable String url;

  /** Answer yes to every question. */
  @Parameter(property = "whimbrel.yes")
  private boolean yes;

  /** Print one JSON object instead of text. */
  @Parameter(property = "whimbrel.json")
  private boolean json;

  /** Print statements and other details. */
  @Parameter(property = "whimbrel.verbose")
  private boolean verbose;

  /** Do nothing. */
  @Parameter(property = "whimbrel.skip")
  private boolean skip;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("Skipped: whimbrel.skip is set");
      return;
    }
    loadDrivers();
    Interrupts interrupts = new Interrupts();
    Thread stop = new Thread(interrupts::stop, "whimbrel-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    int exit;
    PrintStream out = stream(System.out);
    PrintStream err = stream(System.err);
    try {
      Surroundings around =
          new Surroundings(out, err, InputStream.nullInputStream(), environment(), "", "");
      exit = new Cli(around, interrupts).run(arguments().toArray(String[]::new));
    } finally {
      out.flush();
      err.flush();
      removeHook(stop);
    }
    if (exit != 0) {
      throw new MojoFailureException(
          "whimbrel %s ended with exit code %d; its message is above".formatted(name(), exit));
    }
  }

  /** The command. */
  abstract String name();

  /** What follows the command's name, the facade's options included. */
  List<String> own() {
    return List.of();
  }

  /** The variables of the configuration; a goal may add to those of the process. */
  Map<String, String> environment() throws MojoExecutionException {
    return new LinkedHashMap<>(System.getenv());
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("-C");
    arguments.add(directory == null ? "." : directory.getPath());
    arguments.add(name());
    add(arguments, "--env", env);
    add(arguments, "--url", url);
    flag(arguments, "--yes", yes);
    flag(arguments, "--json", json);
    flag(arguments, "--verbose", verbose);
    arguments.addAll(own());
    return arguments;
  }

  static void add(List<String> arguments, String option, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      arguments.add(option);
      arguments.add(value);
    }
  }

  static void flag(List<String> arguments, String option, boolean given) {
    if (given) {
      arguments.add(option);
    }
  }

  /** Another plugin may have looked for drivers before, with a class loader that has none. */
  private static void loadDrivers() throws MojoExecutionException {
    try {
      for (String driver : DRIVERS) {
        Class.forName(driver);
      }
    } catch (ClassNotFoundException e) {
      throw new MojoExecutionException("A driver is missing from the plugin's dependencies", e);
    }
  }

  private static void removeHook(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      stop.setName("whimbrel-stopped");
    }
  }

  private static PrintStream stream(PrintStream of) {
    return new PrintStream(of, false, StandardCharsets.UTF_8);
  }
}
