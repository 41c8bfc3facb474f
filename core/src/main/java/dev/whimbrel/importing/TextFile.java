package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A file of another tool.
 *
 * @param shown as users would write it
 * @param text without a byte order mark
 */
record TextFile(Path path, String shown, String text) {
  static TextFile read(Path path) {
    return read(path, StandardCharsets.UTF_8);
  }

  static TextFile read(Path path, Charset charset) {
    String shown = shown(path);
    try {
      String text =
          charset.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(path))).toString();
      return new TextFile(path, shown, text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.encoding")
          .with("charset", charset)
          .at(Place.of(shown))
          .toException(e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** A file's bytes as Latin 1: good for looking whether a word is in it, in any encoding. */
  static String raw(Path path) {
    try {
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static String shown(Path path) {
    String plain = path.normalize().toString();
    return plain.isEmpty() ? "." : plain.replace('\\', '/');
  }

  /** The files below a directory whose names are wanted, in the order of their paths. */
  static List<Path> below(Path directory, Predicate<String> wanted) {
    return walk(directory, Integer.MAX_VALUE, wanted);
  }

  /** The files in a directory whose names are wanted, in the order of their names. */
  static List<Path> in(Path directory, Predicate<String> wanted) {
    return walk(directory, 1, wanted);
  }

  private static List<Path> walk(Path directory, int depth, Predicate<String> wanted) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory, depth)) {
      return files
          .filter(file -> wanted.test(name(file)) && Files.isRegularFile(file))
          .filter(file -> !isMade(directory, file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Whether a file is a copy that a build made, or a downloaded package's. */
  private static boolean isMade(Path directory, Path file) {
    for (Path each = file.getParent();
        each != null && !each.equals(directory);
        each = each.getParent()) {
      Path beside = each.resolveSibling("");
      switch (name(each)) {
        case "target" -> {
          if (Files.exists(beside.resolve("pom.xml"))) {
            return true;
          }
        }
        case "build" -> {
          if (Files.exists(beside.resolve("build.gradle"))
              || Files.exists(beside.resolve("build.gradle.kts"))) {
            return true;
          }
        }
        case "node_modules" -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  static WhimbrelException unreadable(Path path, IOException e) {
    return Problem.of(ErrorCode.E_FILE, "import.unreadable")
        .with("path", shown(path))
        .with("reason", Files.exists(path) ? e.toString() : "it does not exist")
        .at(Place.of(shown(path)))
        .toException(e);
  }
}
