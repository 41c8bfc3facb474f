package dev.whimbrel.sql;

import dev.whimbrel.error.Place;

/** Counts lines and columns while it moves forward through a text; linear in total. */
final class LineCursor {
  private final String text;
  private int offset;
  private int line;
  private int column;

  LineCursor(String text, int offset, int line, int column) {
    this.text = text;
    this.offset = offset;
    this.line = line;
    this.column = column;
  }

  /** Moves to a later offset; an earlier one is ignored. */
  void moveTo(int target) {
    if (target <= offset) {
      return;
    }
    int newline = text.indexOf('\n', offset, target);
    while (newline >= 0) {
      line++;
      column = 1;
      offset = newline + 1;
      newline = text.indexOf('\n', offset, target);
    }
    if (target > offset) {
      column += text.codePointCount(offset, target);
      offset = target;
    }
  }

  Place place(String file) {
    return new Place(file, line, column);
  }

  int line() {
    return line;
  }
}
