package dev.whimbrel.spring;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The revisions as a directory: the one that was named, or what is packaged in the application,
 * copied to a temporary directory until this is closed.
 */
final class MigrationFiles implements AutoCloseable {
  private static final String CLASSPATH = "classpath:";
  private static final String PACKAGED = "classpath:migrations";
  private static final Path BESIDE = Path.of("migrations");

  private final Path directory;
  private final @Nullable Path temporary;

  private MigrationFiles(Path directory, @Nullable Path temporary) {
    this.directory = directory;
    this.temporary = temporary;
  }

  /**
   * Finds them.
   *
   * @param location a directory or {@code classpath:…}; null for the usual places
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIG when there is nothing
   */
  static MigrationFiles at(@Nullable String location, ClassLoader loader) {
    if (location != null && !location.startsWith(CLASSPATH)) {
      return new MigrationFiles(Path.of(location), null);
    }
    try {
      MigrationFiles packaged = packaged(location == null ? PACKAGED : location, loader);
      if (packaged != null) {
        return packaged;
      }
      if (location == null && Files.isDirectory(BESIDE)) {
        return new MigrationFiles(BESIDE, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw Problem.of(ErrorCode.E_CONFIG, "spring.no-migrations")
        .with("places", location == null ? PACKAGED + " and ./" + BESIDE : location)
        .toException();
  }

  Path directory() {
    return directory;
  }

  /** Null when there is no SQL file there. */
  private static @Nullable MigrationFiles packaged(String location, ClassLoader loader)
      throws IOException {
    String folder = location.substring(CLASSPATH.length()).replaceAll("^/+|/+$", "") + "/";
    var resolver = new PathMatchingResourcePatternResolver(loader);
    List<Resource> files =
        Stream.of("**/*.sql", "HEAD")
            .flatMap(pattern -> resources(resolver, "classpath*:" + folder + pattern))
            .toList();
    if (files.stream().noneMatch(file -> named(file).endsWith(".sql"))) {
      return null;
    }
    Resource root = resolver.getResource(CLASSPATH + folder);
    if (root.exists() && root.isFile()) {
      return new MigrationFiles(root.getFile().toPath(), null);
    }
    Path temporary = Files.createTempDirectory("whimbrel-migrations");
    for (Resource file : files) {
      String url = file.getURL().toString();
      Path copy =
          temporary.resolve(url.substring(url.lastIndexOf("/" + folder) + folder.length() + 1));
      Files.createDirectories(copy.getParent());
      try (InputStream in = file.getInputStream()) {
        Files.copy(in, copy);
      }
    }
    return new MigrationFiles(temporary, temporary);
  }

  private static Stream<Resource> resources(
      PathMatchingResourcePatternResolver resolver, String pattern) {
    try {
      return Stream.of(resolver.getResources(pattern));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String named(Resource resource) {
    String name = resource.getFilename();
    return name == null ? "" : name;
  }

  @Override
  public void close() throws IOException {
    if (temporary != null) {
      try (Stream<Path> files = Files.walk(temporary)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
