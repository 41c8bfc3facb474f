package dev.whimbrel.cli.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * What a process stands on: its streams, its environment, its terminal.
 *
 * @param terminals which of the streams are a terminal: {@code i}, {@code o}, {@code e}
 * @param charset the terminal's character set; empty where unknown
 */
public record Surroundings(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> environment,
    String terminals,
    String charset) {

  /** Those of this process. Output is UTF-8 whatever the locale says: logs are read elsewhere. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        System.in,
        System.getenv(),
        System.getProperty("whimbrel.tty", ""),
        System.getProperty("stdout.encoding", ""));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }

  /** Whether a person can be asked. */
  boolean canAsk() {
    return terminals.contains("i") && terminals.contains("e");
  }

  boolean isOutTerminal() {
    return terminals.contains("o");
  }

  boolean isErrTerminal() {
    return terminals.contains("e");
  }

  boolean isDumb() {
    return "dumb".equals(environment.get("TERM"));
  }

  /** Whether {@code NO_COLOR} is set to anything. */
  boolean refusesColour() {
    return !environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** Whether the terminal is known not to show UTF-8; a file or a pipe always may. */
  boolean lacksUnicode() {
    return isOutTerminal()
        && !charset.isEmpty()
        && !charset.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
  }
}
