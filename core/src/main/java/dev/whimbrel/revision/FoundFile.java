package dev.whimbrel.revision;

import java.nio.file.Path;

/** A file below the folder, with what is in it; ordered by its path. */
final class FoundFile implements Comparable<FoundFile> {
  private final String name;
  private final byte[] content;

  /**
   * @param name the path as text
   */
  FoundFile(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  String name() {
    return name;
  }

  Path path() {
    return Path.of(name);
  }

  /** Its bytes, not to be changed. */
  byte[] content() {
    return content;
  }

  @Override
  public int compareTo(FoundFile other) {
    return name.compareTo(other.name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FoundFile file && name.equals(file.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
