package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SQL of an environment's revisions, from scripts that Alembic printed or prints now. */
final class AlembicSql {
  private static final Pattern RUNNING =
      Pattern.compile("^-- Running (upgrade|downgrade) *(.*?) *-> *(.*?)\\s*$", Pattern.MULTILINE);
  private static final Pattern BOOKKEEPING =
      Pattern.compile(
          "(?is)^(?:insert\\s+into|update|delete\\s+from|create\\s+table|drop\\s+table)"
              + "(?:\\s+if\\s+(?:not\\s+)?exists)?\\s+(?:[\\w\"]+\\.)?\"?([\\w]+)\"?.*");

  private final ImportRequest request;
  private final String versionTable;
  private final Map<String, String> up = new HashMap<>();
  private final Map<String, String> down = new HashMap<>();

  AlembicSql(
      ImportRequest request, AlembicLayout layout, List<AlembicFile> files, List<String> notes) {
    this.request = request;
    String table = layout.table();
    versionTable = table.isEmpty() ? "alembic_version" : table.substring(table.indexOf('.') + 1);
    for (Path script : request.sql()) {
      TextFile text = TextFile.read(script);
      read(text.shown(), text.text());
    }
    for (Path script : request.downgradeSql()) {
      TextFile text = TextFile.read(script);
      read(text.shown(), text.text());
    }
    ForeignCommand command = request.command();
    if (command != null) {
      ask(command, layout, files, notes);
    } else if (request.sql().isEmpty()) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.alembic-no-sql")
          .with("directory", TextFile.shown(request.directory()))
          .with("home", TextFile.shown(layout.home()))
          .at(Place.of(TextFile.shown(request.directory())))
          .toException();
    } else {
      requireAll(files);
    }
  }

  /** The SQL to go up; empty for a revision that has none. */
  String upgrade(String id) {
    return up.getOrDefault(id, "");
  }

  /** The SQL to go down; null where none was printed. */
  @Nullable String downgrade(String id) {
    return down.get(id);
  }

  private void requireAll(List<AlembicFile> files) {
    List<String> missing = new ArrayList<>();
    for (AlembicFile file : files) {
      if (!up.containsKey(file.id())) {
        missing.add(file.id() + " (" + file.shown() + ")");
      }
    }
    if (!missing.isEmpty()) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.alembic-sections")
          .with("missing", String.join(", ", missing))
          .at(Place.of(TextFile.shown(request.sql().get(0))))
          .toException();
    }
  }

  /** Once for everything; then, where that did not do, for each revision by itself. */
  private void ask(
      ForeignCommand command, AlembicLayout layout, List<AlembicFile> files, List<String> notes) {
    boolean observed = request.observed();
    WhimbrelException first =
        observed
            ? new AlembicObserver(request, command, layout.home()).observe(this::read)
            : tell(command, layout, "upgrade", "heads");
    boolean asked = !observed && files.stream().anyMatch(AlembicFile::goesDown);
    for (String head : asked ? heads(files) : Set.<String>of()) {
      tell(command, layout, "downgrade", head + ":base");
    }
    Map<String, WhimbrelException> failures = new LinkedHashMap<>();
    List<AlembicFile> stuck = new ArrayList<>();
    for (AlembicFile file : files) {
      String from = file.parents().isEmpty() ? "base" : file.parents().get(0);
      if (!up.containsKey(file.id())) {
        WhimbrelException failure = tell(command, layout, "upgrade", from + ":" + file.id());
        if (failure != null && !up.containsKey(file.id())) {
          failures.put(file.shown(), failure);
        }
      }
      if (!down.containsKey(file.id()) && file.parents().size() < 2) {
        if (file.goesDown() && !observed) {
          tell(command, layout, "downgrade", file.id() + ":" + from);
        }
        if (!down.containsKey(file.id())) {
          stuck.add(file);
        }
      }
    }
    if (first != null && (observed || up.isEmpty())) {
      throw first;
    }
    AlembicFile.note(stuck, "without SQL to go down, so they can't be taken back", notes);
    if (observed) {
      notes.add(
          "Alembic ran on an empty scratch database: what a revision does with rows that are there"
              + " is not in its SQL.");
    }
    failures.forEach((file, failure) -> {
      throw Problem.of(ErrorCode.E_SOURCE, "import.alembic-refuses")
          .with("message", failure.problem().problem())
          .at(Place.of(file))
          .toException(failure);
    });
  }

  private @Nullable WhimbrelException tell(
      ForeignCommand command, AlembicLayout layout, String direction, String range) {
    List<String> arguments = List.of(direction, range, "--sql");
    try {
      read(
          "alembic " + String.join(" ", arguments),
          command.run(layout.home(), arguments, Map.of()));
      return null;
    } catch (WhimbrelException e) {
      return e;
    }
  }

  private static Set<String> heads(List<AlembicFile> files) {
    Set<String> heads = new HashSet<>();
    files.forEach(file -> heads.add(file.id()));
    files.forEach(file -> file.parents().forEach(heads::remove));
    return heads;
  }

  /** Takes the sections of a script; the first that says something about a revision counts. */
  private void read(String name, String script) {
    TreeMap<Integer, Matcher> sections = new TreeMap<>();
    Matcher running = RUNNING.matcher(script);
    while (running.find()) {
      Matcher section = RUNNING.matcher(script);
      section.find(running.start());
      sections.put(running.start(), section);
    }
    ScriptEditor editor = new ScriptEditor(request.lexis(), name, script);
    editor.transactions(false);
    for (ScriptEditor.At at : editor.statements()) {
      Matcher own = BOOKKEEPING.matcher(at.statement().text());
      if (own.matches() && own.group(1).equalsIgnoreCase(versionTable)) {
        editor.remove(at);
      }
    }
    sections.forEach((start, section) -> {
      Integer next = sections.higherKey(start);
      String body = editor.slice(section.end(), next == null ? script.length() : next);
      boolean upwards = section.group(1).equals("upgrade");
      for (String id : (upwards ? section.group(3) : section.group(2)).split(",\\s*", -1)) {
        (upwards ? up : down).putIfAbsent(id.strip(), body);
      }
    });
  }
}
