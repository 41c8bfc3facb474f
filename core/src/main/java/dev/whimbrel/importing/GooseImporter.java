package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.importing.NumberedFiles.Numbered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** goose: one file for each version, with annotations, and a table that is only added to. */
final class GooseImporter implements Importer {
  private static final Pattern NAME = Pattern.compile("(\\d+)_(.*)\\.(sql|go)");
  private static final Pattern ANNOTATION =
      Pattern.compile("\\s*--\\s*\\+goose\\s+(.*?)\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(\\w+)(?::?-([^}]*))?\\}|\\$([A-Za-z_]\\w*)");
  private static final List<String> USUAL = List.of("", "migrations", "db/migrations");

  @Override
  public String word() {
    return "goose";
  }

  @Override
  public String tool() {
    return "goose";
  }

  @Override
  public List<String> looksFor() {
    return List.of(
        "files named 00001_words.sql with a line -- +goose Up, here, in migrations or in"
            + " db/migrations");
  }

  private static List<Path> files(Path directory) {
    for (String usual : USUAL) {
      List<Path> files =
          TextFile.in(directory.resolve(usual), name -> NAME.matcher(name).matches());
      boolean annotated =
          files.stream()
              .filter(file -> file.toString().endsWith(".sql"))
              .anyMatch(file ->
                  TextFile.read(file)
                      .text()
                      .lines()
                      .anyMatch(line -> ANNOTATION.matcher(line).matches()));
      if (annotated) {
        return files;
      }
    }
    return List.of();
  }

  @Override
  public boolean recognises(Path directory) {
    return !files(directory).isEmpty();
  }

  @Override
  public Imported read(ImportRequest request) {
    NumberedFiles numbered = new NumberedFiles(word());
    List<String> notes = new ArrayList<>();
    for (Path path : files(request.directory())) {
      Matcher name = NAME.matcher(TextFile.name(path));
      if (name.matches() && name.group(3).equals("go")) {
        notes.add(NumberedFiles.code(TextFile.shown(path)));
        numbered.add(
            new Numbered(
                name.group(1), Named.words(name.group(2)), "", null, "", TextFile.shown(path)));
      } else if (name.matches()) {
        TextFile file = TextFile.read(path);
        Halves halves = Halves.read(file, request.settings());
        numbered.add(
            new Numbered(
                name.group(1),
                Named.words(name.group(2)),
                body(request, file, halves.up.toString(), halves.outside),
                halves.hasDown ? body(request, file, halves.down.toString(), halves.outside) : null,
                "",
                file.shown()));
      }
    }
    if (numbered.isEmpty()) {
      throw Importers.notHere(this, request.directory());
    }
    return numbered.chain(notes);
  }

  private static String body(ImportRequest request, TextFile file, String sql, boolean outside) {
    return ScriptEditor.body(request.lexis(), file.shown(), 1, sql, outside);
  }

  /** A file's two halves, each with the other's lines empty. */
  private static final class Halves {
    private final StringBuilder up = new StringBuilder();
    private final StringBuilder down = new StringBuilder();
    private boolean hasDown;
    private boolean outside;
    private boolean expands;

    static Halves read(TextFile file, Map<String, String> settings) {
      Halves halves = new Halves();
      StringBuilder open = new StringBuilder();
      int number = 0;
      for (String line : file.text().lines().toList()) {
        number++;
        Matcher annotation = ANNOTATION.matcher(line);
        String word =
            annotation.matches() ? annotation.group(1).toUpperCase(java.util.Locale.ROOT) : "";
        switch (word) {
          case "" ->
              open.append(
                  halves.expands ? expanded(line, settings, Place.of(file.shown(), number)) : line);
          case "UP" -> open = halves.up;
          case "DOWN" -> {
            open = halves.down;
            halves.hasDown = true;
          }
          case "STATEMENTBEGIN" -> open.append("-- +statement");
          case "STATEMENTEND" -> open.append("-- +end");
          case "ENVSUB ON" -> halves.expands = true;
          case "ENVSUB OFF" -> halves.expands = false;
          case "NO TRANSACTION" -> halves.outside = true;
          default -> open.append("-- goose ").append(word);
        }
        open.append('\n');
      }
      return halves;
    }

    /** Variables of the environment, of which only what was given is known. */
    private static String expanded(String line, Map<String, String> settings, Place place) {
      return VARIABLE
          .matcher(line)
          .replaceAll(found -> {
            String name = found.group(1) == null ? found.group(3) : found.group(1);
            String value = settings.getOrDefault("placeholder." + name, found.group(2));
            if (value == null) {
              throw Problem.of(ErrorCode.E_SOURCE, "import.placeholder")
                  .with("placeholder", found.group())
                  .with("name", name)
                  .at(place)
                  .toException();
            }
            return Matcher.quoteReplacement(value);
          });
    }
  }

  @Override
  public List<String> columns() {
    return List.of("version_id", "is_applied");
  }

  @Override
  public boolean keeps(ForeignTable table) {
    return true;
  }

  @Override
  public Standing judge(Imported imported, List<Map<String, String>> rows) {
    Set<String> versions = new LinkedHashSet<>();
    for (Map<String, String> row : ForeignTables.ordered(rows, "id")) {
      String version = row.getOrDefault("version_id", "0");
      if (!ForeignTables.isTrue(row.getOrDefault("is_applied", "false"))) {
        versions.remove(version);
      } else if (!version.equals("0")) {
        versions.add(version);
      }
    }
    Standing.Builder standing = new Standing.Builder();
    NumberedFiles.judge(tool(), imported, versions, standing);
    return standing.build(false);
  }
}
