package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files on a class path, read without loading a class; closes the jars it opened. */
final class ClassIndex implements AutoCloseable {
  private final Map<Path, Optional<ZipFile>> entries = new LinkedHashMap<>();

  private ClassIndex() {}

  /**
   * Opens the class path; entries that do not exist are passed over, as the JVM does.
   *
   * @throws dev.whimbrel.error.WhimbrelException if a jar is damaged
   */
  static ClassIndex of(ClassPath classPath) {
    ClassIndex index = new ClassIndex();
    for (Path entry : classPath.entries()) {
      if (Files.isDirectory(entry)) {
        index.entries.put(entry, Optional.empty());
      } else if (Files.isRegularFile(entry)) {
        index.entries.put(entry, Optional.of(open(entry)));
      }
    }
    return index;
  }

  private static ZipFile open(Path jar) {
    try {
      return new ZipFile(jar.toFile());
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.damaged-jar")
          .with("jar", jar)
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
  }

  /** The first file of that name; empty if there is none. */
  Optional<byte[]> find(String resource) {
    return findAll(resource).values().stream().findFirst();
  }

  /** All files of that name, by class path entry, in order. */
  Map<Path, byte[]> findAll(String resource) {
    Map<Path, byte[]> found = new LinkedHashMap<>();
    entries.forEach(
        (path, jar) -> content(path, jar, resource).ifPresent(bytes -> found.put(path, bytes)));
    return found;
  }

  boolean has(String resource) {
    return entries.entrySet().stream()
        .anyMatch(entry ->
            entry
                .getValue()
                .map(jar -> jar.getEntry(resource) != null)
                .orElseGet(() -> Files.isRegularFile(entry.getKey().resolve(resource))));
  }

  private static Optional<byte[]> content(Path path, Optional<ZipFile> jar, String resource) {
    try {
      if (jar.isEmpty()) {
        Path file = path.resolve(resource);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
      }
      ZipEntry entry = jar.get().getEntry(resource);
      if (entry == null) {
        return Optional.empty();
      }
      try (InputStream in = jar.get().getInputStream(entry)) {
        return Optional.of(in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over each class below a package, in the order of the names. */
  void eachClass(String packageName, Consumer<ScannedClass> consumer) {
    entries.keySet().forEach(entry -> eachClass(entry, packageName, consumer));
  }

  /** The same for one entry; an empty package name means all packages. */
  void eachClass(Path entry, String packageName, Consumer<ScannedClass> consumer) {
    String prefix = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
    Optional<ZipFile> jar = entries.get(entry);
    if (jar == null) {
      return;
    }
    try {
      List<ScannedClass> found = new ArrayList<>();
      if (jar.isPresent()) {
        readJar(jar.get(), prefix, found);
      } else {
        readFolder(entry.resolve(prefix), found);
      }
      found.forEach(consumer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readJar(ZipFile jar, String prefix, List<ScannedClass> found)
      throws IOException {
    List<? extends ZipEntry> classes =
        jar.stream()
            .filter(entry -> entry.getName().startsWith(prefix) && isClass(entry.getName()))
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
            .toList();
    for (ZipEntry entry : classes) {
      try (InputStream in = jar.getInputStream(entry)) {
        found.add(ScannedClass.read(in));
      }
    }
  }

  private static void readFolder(Path folder, List<ScannedClass> found) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> isClass(path.toString())).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          found.add(ScannedClass.read(in));
        }
      }
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class")
        && !name.startsWith("META-INF/versions/")
        && !name.endsWith("module-info.class");
  }

  @Override
  public void close() {
    for (Optional<ZipFile> jar : entries.values()) {
      jar.ifPresent(ClassIndex::close);
    }
  }

  private static void close(ZipFile jar) {
    try {
      jar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
