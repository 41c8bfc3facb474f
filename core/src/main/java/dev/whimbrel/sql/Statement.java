package dev.whimbrel.sql;

import dev.whimbrel.error.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement, exactly as it stands in its file from its first token to its last.
 *
 * @param text without comments before it, without its terminator and what follows
 * @param index 1-based number within what was read
 * @param place its first token
 * @param endLine 1-based line of its last token
 * @param words its first {@value #LEADING_WORDS} words outside parentheses, unquoted ones in lower
 *     case, quoted names as written
 * @param data the rows that follow {@code COPY … FROM stdin}, else null
 */
public record Statement(
    String text, int index, Place place, int endLine, List<String> words, @Nullable CopyData data)
    implements Element {

  /** How many leading words are kept. */
  public static final int LEADING_WORDS = 16;

  public Statement {
    words = List.copyOf(words);
  }

  /** Whether it begins with these words, given in lower case. */
  public boolean startsWith(String... leading) {
    return words.size() >= leading.length
        && words.subList(0, leading.length).equals(List.of(leading));
  }

  /**
   * Where a character of {@link #text} stands in the file.
   *
   * @param position 1-based in Unicode characters, as PostgreSQL counts; values outside the text
   *     are moved to its nearest end
   */
  public Place placeAt(int position) {
    int last = text.codePointCount(0, text.length());
    int characters = Math.min(Math.max(position - 1, 0), last);
    LineCursor cursor = new LineCursor(text, 0, place.line(), Math.max(place.column(), 1));
    cursor.moveTo(text.offsetByCodePoints(0, characters));
    return cursor.place(place.file());
  }
}
