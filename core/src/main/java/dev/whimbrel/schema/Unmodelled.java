package dev.whimbrel.schema;

import java.util.Comparator;

/**
 * Something that was met and that the model cannot express.
 *
 * @param kind in words, such as {@code foreign table}
 * @param name qualified
 */
public record Unmodelled(String kind, String name) implements Comparable<Unmodelled> {
  private static final Comparator<Unmodelled> ORDER =
      Comparator.comparing(Unmodelled::kind).thenComparing(Unmodelled::name);

  @Override
  public int compareTo(Unmodelled other) {
    return ORDER.compare(this, other);
  }
}
