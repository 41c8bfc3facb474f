package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the canonical text of a revision file. */
public final class RevisionWriter {
  static final int LONGEST_MESSAGE = 200;

  /** What a repeatable revision's upgrade half begins with. */
  public static final String REPEATABLE = "-- +repeatable\n\n";

  private RevisionWriter() {}

  /**
   * The whole file: LF line ends, a final one included.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_REVISION} if an id, a label or the
   *     message cannot stand in a header
   */
  public static String text(Draft draft) {
    List<String> lines = new ArrayList<>(header(draft));
    if (!draft.summary().isEmpty()) {
      lines.add("");
      draft.summary().forEach(line -> lines.add(("-- " + line).stripTrailing()));
    }
    part(lines, "upgrade", draft.upgrade());
    if (draft.downgrade() != null) {
      part(lines, "downgrade", draft.downgrade());
    }
    return String.join("\n", lines) + "\n";
  }

  /**
   * Returns a message that can stand in a header: one line of at most 200 characters.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_REVISION} for any other text
   */
  public static String checkMessage(String message) {
    int length = message.codePointCount(0, message.length());
    if (length > LONGEST_MESSAGE) {
      throw Problem.of(ErrorCode.E_REVISION, "revision.message-long")
          .with("length", length)
          .with("longest", LONGEST_MESSAGE)
          .toException();
    }
    if (message.codePoints().anyMatch(RevisionWriter::breaksLine)) {
      throw Problem.of(ErrorCode.E_REVISION, "revision.message-lines").toException();
    }
    return message;
  }

  private static boolean breaksLine(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }

  private static List<String> header(Draft draft) {
    List<String> lines = new ArrayList<>();
    add(lines, Header.Key.REVISION, RevisionId.check(draft.id(), null));
    add(lines, Header.Key.REVISES, draft.revises().isEmpty() ? "none" : ids(draft.revises()));
    add(lines, Header.Key.MESSAGE, checkMessage(draft.message()).strip());
    if (draft.created() != null) {
      add(lines, Header.Key.CREATED, draft.created().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    if (!draft.labels().isEmpty()) {
      add(lines, Header.Key.LABELS, ids(draft.labels()));
    }
    if (!draft.depends().isEmpty()) {
      add(lines, Header.Key.DEPENDS, ids(draft.depends()));
    }
    if (draft.phase() != null) {
      add(lines, Header.Key.PHASE, draft.phase().name().toLowerCase(Locale.ROOT));
    }
    if (draft.generated() != null) {
      add(lines, Header.Key.GENERATED, draft.generated());
    }
    return lines;
  }

  private static String ids(List<String> ids) {
    return String.join(", ", ids.stream().map(id -> RevisionId.check(id, null)).toList());
  }

  /** Values stand in one column where the key leaves room for it. */
  private static void add(List<String> lines, Header.Key key, String value) {
    lines.add(String.format(Locale.ROOT, "-- %-9s %s", key.word() + ":", value).stripTrailing());
  }

  private static void part(List<String> lines, String name, String sql) {
    lines.add("");
    lines.add("-- +" + name);
    String body = sql.strip();
    if (!body.isEmpty()) {
      lines.add("");
      body.lines().forEach(lines::add);
    }
  }
}
