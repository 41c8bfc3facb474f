package dev.whimbrel.cli.output;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that readers see the old one or all of the new one. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file in UTF-8, its folders included, in the place of an older one.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_FILE when it cannot be written
   */
  public static void write(Path file, String text) {
    try {
      Path whole = file.toAbsolutePath();
      if (whole.getParent() != null) {
        Files.createDirectories(whole.getParent());
      }
      Path part = whole.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
      try {
        Files.writeString(part, text);
        move(part, file);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_FILE, "revision.unwritable")
          .with("file", file)
          .with("why", e.toString())
          .at(Place.of(file.toString()))
          .toException(e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
