package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.importing.PythonModule.Assigned;
import dev.whimbrel.importing.PythonModule.Value;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an Alembic revision file says about itself.
 *
 * @param goesDown whether it has a function to go down
 * @param line 1-based, of its id
 */
record AlembicFile(
    String id,
    List<String> parents,
    List<String> labels,
    List<String> depends,
    String message,
    @Nullable Instant created,
    String shown,
    boolean goesDown,
    int line) {
  private static final Pattern CREATED =
      Pattern.compile("^\\s*Create Date:\\s*(.+?)\\s*$", Pattern.MULTILINE);
  private static final Pattern GOES_DOWN =
      Pattern.compile("^(?:async )?def downgrade\\b", Pattern.MULTILINE);
  private static final Pattern OWN_LINE = Pattern.compile("(Revision ID|Revises|Create Date):.*");
  private static final int NAMED = 8;
  private static final int LONGEST_MESSAGE = 200;

  /** Fraction and zone are optional, as Python prints them; without a zone UTC is meant. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[' '][XXX][X]")
          .toFormatter(Locale.ROOT);

  /** Reads a file; null where it is no revision. */
  static @Nullable AlembicFile read(Path path, ImportRequest request) {
    TextFile file = TextFile.read(path);
    PythonModule module = PythonModule.read(file.text());
    Reader reader = new Reader(file, module, request);
    if (module.find("revision").isEmpty()
        && request.setting(TextFile.name(path) + ":revision").isEmpty()) {
      return null;
    }
    List<String> ids = reader.items("revision");
    if (ids.size() != 1) {
      throw reader.computed("revision");
    }
    return new AlembicFile(
        ids.get(0),
        reader.items("down_revision"),
        reader.items("branch_labels"),
        reader.items("depends_on"),
        message(module.docstring()),
        created(module.docstring()),
        file.shown(),
        GOES_DOWN.matcher(file.text()).find(),
        module.find("revision").map(Assigned::line).orElse(0));
  }

  /** Says something of these files in one note, the first ones by name; nothing of none. */
  static void note(List<AlembicFile> files, String what, List<String> notes) {
    if (!files.isEmpty()) {
      String named =
          files.stream()
              .limit(NAMED)
              .map(file -> file.id() + " (" + file.shown() + ")")
              .collect(Collectors.joining(", "));
      int more = files.size() - NAMED;
      notes.add(what + ": " + named + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  private static String message(String docstring) {
    List<String> words = new ArrayList<>();
    for (String line : docstring.strip().split("\n", -1)) {
      if (line.isBlank() || OWN_LINE.matcher(line.strip()).matches()) {
        break;
      }
      words.add(line.strip());
    }
    return Named.message(String.join(" ", words), LONGEST_MESSAGE);
  }

  private static @Nullable Instant created(String docstring) {
    Matcher line = CREATED.matcher(docstring);
    if (!line.find()) {
      return null;
    }
    try {
      TemporalAccessor time =
          TIME.parseBest(line.group(1), OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      // A template of its own may print the date in any form; the file name then has no day.
      return null;
    }
  }

  /** Reads the assignments of one file. */
  private record Reader(TextFile file, PythonModule module, ImportRequest request) {
    /** The texts of a name: none, one or several; a value given by the user wins. */
    List<String> items(String name) {
      String given = request.settings().get(TextFile.name(file.path()) + ":" + name);
      if (given != null) {
        return given.isBlank() ? List.of() : List.of(given.strip().split("\\s*,\\s*"));
      }
      Assigned assigned = module.find(name).orElse(null);
      return assigned == null ? List.of() : texts(name, assigned.value());
    }

    private List<String> texts(String name, Value value) {
      return switch (value) {
        case Value.None none -> List.of();
        case Value.Text(String text) -> text.isEmpty() ? List.of() : List.of(text);
        case Value.Computed other -> throw computed(name);
        case Value.Items(List<Value> values) -> {
          List<String> texts = new ArrayList<>();
          for (Value item : values) {
            texts.addAll(texts(name, item));
          }
          yield texts;
        }
      };
    }

    WhimbrelException computed(String name) {
      Assigned assigned = module.find(name).orElse(null);
      int line = assigned == null ? 0 : assigned.line();
      String source = line == 0 ? "" : file.text().lines().toList().get(line - 1).strip();
      return Problem.of(ErrorCode.E_SOURCE, "import.computed")
          .with("name", name)
          .with("source", source)
          .with("file", TextFile.name(file.path()))
          .at(Place.of(file.shown(), line))
          .toException();
    }
  }
}
