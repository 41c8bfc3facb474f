package dev.whimbrel.hibernate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The runtime class path of an application.
 *
 * @param application its own classes: folders or jars, first on the class path
 * @param libraries the rest, in order
 * @param warnings what is doubtful about it, such as classes older than their sources
 */
public record ClassPath(List<Path> application, List<Path> libraries, List<String> warnings) {

  public ClassPath {
    application = List.copyOf(application);
    libraries = List.copyOf(libraries);
    warnings = List.copyOf(warnings);
  }

  /**
   * Folders are the application's own, jars are libraries; without folders the first jar is own.
   */
  public static ClassPath of(List<Path> entries) {
    List<Path> own = new ArrayList<>();
    List<Path> libraries = new ArrayList<>();
    for (Path entry : entries) {
      (Files.isDirectory(entry) ? own : libraries).add(entry);
    }
    if (own.isEmpty() && !libraries.isEmpty()) {
      own.add(libraries.removeFirst());
    }
    return new ClassPath(own, libraries, List.of());
  }

  /** All entries, the application's own first. */
  public List<Path> entries() {
    List<Path> all = new ArrayList<>(application);
    libraries.stream().filter(entry -> !all.contains(entry)).forEach(all::add);
    return all;
  }
}
