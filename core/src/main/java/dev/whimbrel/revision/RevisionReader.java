package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Checksum;
import dev.whimbrel.sql.Directive;
import dev.whimbrel.sql.Element;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Statement;
import dev.whimbrel.sql.StatementReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads revision files; immutable and thread-safe. */
public final class RevisionReader {
  private static final List<String> DIRECTIVES =
      List.of(
          "upgrade",
          "downgrade",
          "repeatable",
          "allow",
          "lock-timeout",
          "no-transaction",
          "statement",
          "end");

  private static final Pattern HALF = Pattern.compile("(?m)^\\s*--\\s*\\+(?:upgrade|downgrade)\\b");

  private final Lexis lexis;

  public RevisionReader(Lexis lexis) {
    this.lexis = lexis;
  }

  /**
   * Reads a file in UTF-8, with or without a byte order mark.
   *
   * @param shown the path as users would write it
   * @throws WhimbrelException {@code E_FILE}, {@code E_REVISION} or {@code E_SQL}
   */
  public Revision read(Path path, String shown) {
    return read(shown, text(path, shown));
  }

  /**
   * Reads the text of a file.
   *
   * @param file the path as users would write it
   * @throws WhimbrelException {@code E_REVISION} or {@code E_SQL}
   */
  public Revision read(String file, String text) {
    HeaderReader reader = new HeaderReader(file, text);
    Header header = reader.read();
    Parts parts = parts(file, text, reader.bodyStart());
    Part upgrade = parts.upgrade;
    if (upgrade == null) {
      throw Problem.of(ErrorCode.E_REVISION, "revision.no-upgrade")
          .at(Place.of(file))
          .toException();
    }
    if (upgrade.repeatable()) {
      header.refuseInRepeatable();
    }
    return new Revision(
        header.id(),
        header.revises(),
        header.message(),
        header.created(),
        header.labels(),
        header.depends(),
        header.phase(),
        header.generated(),
        upgrade,
        parts.downgrade,
        parts.checksum.hex(),
        file);
  }

  /**
   * Reads a file of SQL that is no revision: all of it is the upgrade half. A file with a header or
   * halves is read as a revision.
   *
   * @param id what to call it
   * @throws WhimbrelException {@code E_FILE}, {@code E_REVISION} or {@code E_SQL}
   */
  public Revision plain(String id, Path path, String shown) {
    String text = text(path, shown);
    if (HALF.matcher(text).find()) {
      return read(shown, text);
    }
    Parts parts = new Parts(text, new StatementReader(lexis, shown, text, 0));
    parts.open(new Directive("upgrade", "", Place.of(shown, 1), false), 0);
    Part upgrade = parts(parts, text.length()).upgrade;
    if (upgrade == null) {
      throw new IllegalStateException(shown);
    }
    return new Revision(
        id,
        List.of(),
        shown,
        null,
        List.of(),
        List.of(),
        null,
        null,
        upgrade,
        null,
        parts.checksum.hex(),
        shown);
  }

  static Header header(FoundFile file, String shown) {
    return new HeaderReader(shown, text(file.content(), shown)).read();
  }

  /** The text of a file in UTF-8. */
  static String text(byte[] content, String shown) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.of(ErrorCode.E_REVISION, "revision.not-utf8")
          .at(Place.of(shown))
          .toException(e);
    }
  }

  private static String text(Path path, String shown) {
    byte[] content = FileWalk.content(path.toString());
    if (content == null) {
      throw Problem.of(ErrorCode.E_FILE, "revision.unreadable")
          .with("file", shown)
          .with(
              "why",
              !Files.exists(path)
                  ? "it does not exist"
                  : Files.isRegularFile(path) ? "it may not be read" : "it is not a file")
          .at(Place.of(shown))
          .toException();
    }
    return text(content, shown);
  }

  private Parts parts(String file, String text, int bodyStart) {
    return parts(new Parts(text, new StatementReader(lexis, file, text, bodyStart)), text.length());
  }

  private static Parts parts(Parts parts, int end) {
    StatementReader reader = parts.reader;
    for (Element element = reader.next(); element != null; element = reader.next()) {
      switch (element) {
        case Statement statement -> parts.statement(statement);
        case Directive directive -> parts.directive(directive);
      }
    }
    parts.close(end);
    return parts;
  }

  /** Collects the two halves while the file is read. */
  private static final class Parts {
    private final String text;
    private final StatementReader reader;
    private final Checksum checksum = new Checksum();
    private @Nullable Part upgrade;
    private @Nullable Part downgrade;
    private @Nullable Directive open;
    private int openEnd;
    private boolean repeatable;
    private StepCollector steps = new StepCollector();

    Parts(String text, StatementReader reader) {
      this.text = text;
      this.reader = reader;
    }

    void statement(Statement statement) {
      if (open == null) {
        throw Problem.of(ErrorCode.E_REVISION, "revision.sql-before-upgrade")
            .with("line", statement.text().lines().findFirst().orElse(""))
            .at(statement.place())
            .toException();
      }
      steps.add(statement);
    }

    void directive(Directive directive) {
      if (directive.insideStatement() && !isPart(directive)) {
        throw Problem.of(ErrorCode.E_REVISION, "revision.directive-inside")
            .with("directive", directive.name())
            .at(directive.place())
            .toException();
      }
      switch (directive.name()) {
        case "upgrade", "downgrade" -> openPart(directive);
        case "allow", "lock-timeout", "no-transaction", "repeatable" -> setting(directive);
        case "end" ->
            throw Problem.of(ErrorCode.E_REVISION, "revision.end-without-statement")
                .at(directive.place())
                .toException();
        default -> throw unknown(directive);
      }
    }

    private void setting(Directive directive) {
      if (open == null) {
        throw Problem.of(ErrorCode.E_REVISION, "revision.directive-outside")
            .with("directive", directive.name())
            .at(directive.place())
            .toException();
      }
      if (!directive.name().equals("repeatable")) {
        steps.add(directive);
      } else if (steps.isEmpty()
          && open.name().equals("upgrade")
          && directive.argument().isEmpty()) {
        repeatable = true;
      } else {
        throw Problem.of(ErrorCode.E_REVISION, "revision.repeatable")
            .at(directive.place())
            .toException();
      }
    }

    private static boolean isPart(Directive directive) {
      return directive.name().equals("upgrade") || directive.name().equals("downgrade");
    }

    private void openPart(Directive directive) {
      if (!directive.argument().isEmpty()) {
        throw Problem.of(ErrorCode.E_REVISION, "revision.part-argument")
            .with("directive", directive.name())
            .with("argument", directive.argument())
            .at(directive.place())
            .toException();
      }
      close(text.lastIndexOf('\n', reader.offset() - 1) + 1);
      boolean isUpgrade = directive.name().equals("upgrade");
      Part same = isUpgrade ? upgrade : downgrade;
      if (same != null || (isUpgrade && downgrade != null)) {
        throw Problem.of(
                ErrorCode.E_REVISION,
                same == null ? "revision.parts-reversed" : "revision.part-twice")
            .with("directive", directive.name())
            .at(directive.place())
            .toException();
      }
      reader.restartNumbers();
      open(directive, reader.offset());
    }

    /** Opens a half whose SQL begins there. */
    void open(Directive directive, int from) {
      open = directive;
      openEnd = from;
      reader.countInto(directive.name().equals("upgrade") ? checksum : null);
    }

    void close(int end) {
      Directive opened = open;
      if (opened == null) {
        return;
      }
      boolean isUpgrade = opened.name().equals("upgrade");
      Part part =
          new Part(
              text.substring(openEnd, end).strip(),
              steps.finish(),
              opened.place(),
              isUpgrade && repeatable);
      if (isUpgrade) {
        upgrade = part;
      } else {
        downgrade = part;
      }
      open = null;
      steps = new StepCollector();
    }

    private static WhimbrelException unknown(Directive directive) {
      String meant =
          Nearest.to(directive.name(), DIRECTIVES)
              .map(near -> "Did you mean \"-- +" + near + "\"? ")
              .orElse("");
      return Problem.of(ErrorCode.E_REVISION, "revision.unknown-directive")
          .with("directive", directive.name())
          .with("meant", meant)
          .with("known", String.join(", ", DIRECTIVES))
          .at(directive.place())
          .toException();
    }
  }
}
