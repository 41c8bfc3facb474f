package dev.whimbrel.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The pages of errors and findings that are packed into the program. */
final class Pages {
  private Pages() {}

  /** The page of a code; null when there is none. */
  static @Nullable String read(String code) {
    if (!code.matches("[A-Z0-9_]+")) {
      return null;
    }
    for (String folder : new String[] {"errors", "findings"}) {
      String name = "/dev/whimbrel/cli/pages/" + folder + "/" + code + ".md";
      try (InputStream in = Pages.class.getResourceAsStream(name)) {
        if (in != null) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return null;
  }
}
