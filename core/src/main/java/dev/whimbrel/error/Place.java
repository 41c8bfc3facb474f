package dev.whimbrel.error;

/**
 * A place in a file.
 *
 * @param file the path as the user would write it, relative where possible
 * @param line 1-based, 0 where the whole file is meant
 * @param column 1-based in characters, 0 where the whole line is meant
 */
public record Place(String file, int line, int column) {
  public Place {
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException("line and column are not negative");
    }
  }

  /** The file as a whole. */
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /** A whole line of a file. */
  public static Place of(String file, int line) {
    return new Place(file, line, 0);
  }

  /** {@code file}, {@code file:line} or {@code file:line:column}. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
