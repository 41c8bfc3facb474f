package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.util.Optional;

/** Reads the lines above a file's first directive; never looks at the SQL below. */
final class HeaderReader {
  private static final int SHOWN = 60;

  private final String file;
  private final String text;
  private final Header header;
  private int offset;
  private int line;
  private boolean began;
  private boolean ended;

  HeaderReader(String file, String text) {
    this.file = file;
    this.text = text;
    this.header = new Header(file);
    this.offset = text.startsWith("\ufeff") ? 1 : 0;
  }

  /** Where the line of the first directive starts, or the end of the text. */
  int bodyStart() {
    return offset;
  }

  /** Reads up to the first directive. */
  Header read() {
    while (offset < text.length()) {
      line++;
      int newline = text.indexOf('\n', offset);
      int end = newline < 0 ? text.length() : newline;
      String content = text.substring(offset, end).strip();
      if (isDirective(content)) {
        break;
      }
      accept(content);
      offset = Math.min(end + 1, text.length());
    }
    if (!began) {
      throw problem("revision.no-header", "").at(Place.of(file, 1)).toException();
    }
    return header;
  }

  private void accept(String content) {
    if (content.isEmpty()) {
      ended = began;
    } else if (!content.startsWith("--")) {
      throw problem(began ? "revision.sql-before-upgrade" : "revision.no-header", content)
          .at(Place.of(file, line))
          .toException();
    } else {
      comment(content, content.substring(2).strip());
    }
  }

  private void comment(String content, String comment) {
    int colon = comment.indexOf(':');
    String word = colon < 0 ? "" : comment.substring(0, colon).strip();
    Optional<Header.Key> key = Header.Key.of(word);
    if (ended) {
      if (key.isPresent()) {
        throw problem("revision.key-after-header", word).at(Place.of(file, line)).toException();
      }
    } else if (!isWord(word)) {
      String problem = began ? "revision.header-line" : "revision.no-header";
      throw problem(problem, content).at(Place.of(file, line)).toException();
    } else {
      header.add(word, comment.substring(colon + 1).strip(), Place.of(file, line));
      began = true;
    }
  }

  private Problem.Builder problem(String key, String content) {
    String shown = content.length() > SHOWN ? content.substring(0, SHOWN) + "…" : content;
    return Problem.of(ErrorCode.E_REVISION, key).with("line", shown);
  }

  private static boolean isWord(String word) {
    return !word.isEmpty()
        && word.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
  }

  private static boolean isDirective(String content) {
    if (!content.startsWith("--")) {
      return false;
    }
    String comment = content.substring(2).stripLeading();
    return comment.length() > 1
        && comment.charAt(0) == '+'
        && Character.isLetter(comment.charAt(1));
  }
}
