package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Makes a {@link ClassPath} from what {@code [models] classpath} says: class folders (completed by
 * the project's own Maven build), a Spring Boot jar or war, jars, or a file that lists a class
 * path.
 */
public final class ClassPathSource {
  private final Path project;
  private final Path cache;
  private final Consumer<String> news;

  /**
   * For a project.
   *
   * @param project the folder that relative names start from
   * @param cache a folder for unpacked jars and resolved class paths, such as {@code .whimbrel}
   * @param news is told in a sentence before something that takes seconds
   */
  public ClassPathSource(Path project, Path cache, Consumer<String> news) {
    this.project = project.toAbsolutePath().normalize();
    this.cache = cache.toAbsolutePath().normalize();
    this.news = news;
  }

  /**
   * Resolves the entries; none means {@code target/classes}.
   *
   * @throws dev.whimbrel.error.WhimbrelException if an entry is missing, or the build cannot say
   */
  public ClassPath resolve(List<String> configured) {
    List<Path> folders = new ArrayList<>();
    List<Path> jars = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (String entry : configured.isEmpty() ? List.of("target/classes") : configured) {
      add(project.resolve(entry), entry, folders, jars);
    }
    if (!folders.isEmpty() && jars.isEmpty()) {
      MavenProject maven = MavenProject.around(folders.getFirst(), project);
      jars.addAll(maven.runtimeClassPath(cache, news));
      folders.forEach(folder -> maven.staleness(folder).ifPresent(warnings::add));
      jars.removeAll(folders);
    }
    if (folders.isEmpty() && !jars.isEmpty()) {
      folders.add(jars.removeFirst());
    }
    return new ClassPath(folders, jars, warnings);
  }

  private void add(Path path, String entry, List<Path> folders, List<Path> jars) {
    if (Files.isDirectory(path)) {
      folders.add(path.normalize());
    } else if (!Files.isRegularFile(path)) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.no-entry")
          .with("entry", entry)
          .with("path", path.normalize())
          .toException();
    } else if (isArchive(path)) {
      FatJar.unpack(path, cache)
          .ifPresentOrElse(
              unpacked -> {
                folders.addAll(unpacked.application());
                jars.addAll(unpacked.libraries());
              },
              () -> jars.add(path.normalize()));
    } else {
      listed(path).forEach(each -> (Files.isDirectory(each) ? folders : jars).add(each));
    }
  }

  private static boolean isArchive(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jar") || name.endsWith(".war");
  }

  /** A file with entries one a line, or separated as for {@code -cp}. */
  private List<Path> listed(Path file) {
    try {
      List<Path> entries = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        for (String entry : line.split(Pattern.quote(File.pathSeparator), -1)) {
          if (!entry.isBlank() && !entry.startsWith("#")) {
            entries.add(project.resolve(entry.strip()).normalize());
          }
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
