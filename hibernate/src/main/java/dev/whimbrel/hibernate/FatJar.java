package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar or war of Spring Boot with its libraries inside. */
final class FatJar {
  private static final List<String> CLASSES = List.of("BOOT-INF/classes/", "WEB-INF/classes/");
  private static final List<String> LIBRARIES =
      List.of("BOOT-INF/lib/", "WEB-INF/lib/", "WEB-INF/lib-provided/");

  private FatJar() {}

  /** Unpacks once for each state of the file; empty if it is an ordinary jar. */
  static Optional<ClassPath> unpack(Path archive, Path cache) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      if (zip.stream().noneMatch(entry -> !target(entry.getName()).isEmpty())) {
        return Optional.empty();
      }
      String state =
          Integer.toHexString(archive.toAbsolutePath().toString().hashCode())
              + "-"
              + Files.size(archive)
              + "-"
              + Files.getLastModifiedTime(archive).toMillis();
      Path folder = cache.resolve("unpacked").resolve(state);
      if (!Files.isDirectory(folder)) {
        unpack(zip, folder);
      }
      try (Stream<Path> libraries = Files.list(folder.resolve("lib"))) {
        return Optional.of(
            new ClassPath(
                List.of(folder.resolve("classes")), libraries.sorted().toList(), List.of()));
      }
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.damaged-jar")
          .with("jar", archive)
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
  }

  /** Into a folder beside, which then gets its name at once: a half-unpacked one is never used. */
  private static void unpack(ZipFile zip, Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    Path fresh = Files.createTempDirectory(folder.getParent(), "unpacking");
    Files.createDirectories(fresh.resolve("classes"));
    Files.createDirectories(fresh.resolve("lib"));
    for (ZipEntry entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
      String name = target(entry.getName());
      Path file = fresh.resolve(name).normalize();
      if (!name.isEmpty() && file.startsWith(fresh)) {
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
    move(fresh, folder);
  }

  private static void move(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, folder);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      delete(fresh); // somebody else was faster
    }
  }

  private static String target(String entry) {
    for (String prefix : CLASSES) {
      if (entry.startsWith(prefix)) {
        return "classes/" + entry.substring(prefix.length());
      }
    }
    for (String prefix : LIBRARIES) {
      if (entry.startsWith(prefix) && entry.endsWith(".jar")) {
        return "lib/" + entry.substring(prefix.length());
      }
    }
    return "";
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
