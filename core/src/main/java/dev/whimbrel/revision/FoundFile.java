package dev.whimbrel.revision;

import java.nio.file.Path;

/**
 * A file below the folder, with what is in it; ordered by its path.
 *
 * @param name the path as text
 */
record FoundFile(Path path, String name, byte[] content) implements Comparable<FoundFile> {
  @Override
  public int compareTo(FoundFile other) {
    return name.compareTo(other.name);
  }
}
