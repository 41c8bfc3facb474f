package dev.whimbrel.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of the program, written into it by the build. */
public final class Version {
  private Version() {}

  /** Such as {@code 0.1.0}. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream("/dev/whimbrel/cli/version.txt")) {
      if (in == null) {
        throw new IllegalStateException("version.txt is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
