package dev.whimbrel.revision;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** A file below the folder, with what is in it; ordered by its path. */
final class FoundFile implements Comparable<FoundFile> {
  private final String name;
  private final byte[] content;
  private final long mark;

  /**
   * @param name the path as text
   * @param from where the part of the name begins that is below the root
   */
  FoundFile(String name, int from, byte[] content) {
    this.name = name;
    this.content = content;
    this.mark = mark(name.substring(from), content);
  }

  /**
   * What changes when the name or the content does; spread over all bits, so that the marks of
   * several files can be added up.
   */
  static long mark(String name, byte[] content) {
    CRC32 first = new CRC32();
    CRC32C second = new CRC32C();
    byte[] named = (name + '\0').getBytes(StandardCharsets.UTF_8);
    first.update(named);
    second.update(named);
    first.update(content);
    second.update(content);
    long mark = first.getValue() << 32 | second.getValue();
    mark = (mark ^ mark >>> 30) * 0xbf58476d1ce4e5b9L;
    mark = (mark ^ mark >>> 27) * 0x94d049bb133111ebL;
    return mark ^ mark >>> 31;
  }

  String name() {
    return name;
  }

  Path path() {
    return Path.of(name);
  }

  long mark() {
    return mark;
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
