package dev.whimbrel.importing;

import dev.whimbrel.importing.NumberedFiles.Numbered;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** dbmate: one file for each version, and a table of versions. */
final class DbmateImporter implements Importer {
  private static final Pattern NAME = Pattern.compile("(\\d+)[_-]?(.*)\\.sql");
  private static final Pattern MARK =
      Pattern.compile("^\\s*--\\s*migrate:(up|down)\\b(.*)$", Pattern.MULTILINE);
  private static final List<String> USUAL = List.of("", "db/migrations", "migrations");

  @Override
  public String word() {
    return "dbmate";
  }

  @Override
  public String tool() {
    return "dbmate";
  }

  @Override
  public List<String> looksFor() {
    return List.of(
        "files named 20250101120000_words.sql with a line -- migrate:up, here, in db/migrations or"
            + " in migrations");
  }

  private static List<Path> files(Path directory) {
    for (String usual : USUAL) {
      List<Path> files =
          TextFile.in(directory.resolve(usual), name -> NAME.matcher(name).matches()).stream()
              .filter(file -> MARK.matcher(TextFile.read(file).text()).find())
              .toList();
      if (!files.isEmpty()) {
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
    for (Path path : files(request.directory())) {
      TextFile file = TextFile.read(path);
      Matcher name = NAME.matcher(TextFile.name(path));
      String up = half(request, file, "up");
      if (name.matches() && up != null) {
        numbered.add(
            new Numbered(
                name.group(1),
                Named.words(name.group(2)),
                up,
                half(request, file, "down"),
                "",
                file.shown()));
      }
    }
    if (numbered.isEmpty()) {
      throw Importers.notHere(this, request.directory());
    }
    return numbered.chain(List.of());
  }

  private static @Nullable String half(ImportRequest request, TextFile file, String word) {
    String text = file.text();
    Matcher mark = MARK.matcher(text);
    while (mark.find()) {
      if (mark.group(1).equals(word)) {
        int start = mark.end();
        boolean outside = mark.group(2).replace(" ", "").contains("transaction:false");
        int end = mark.find() ? mark.start() : text.length();
        int line = (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        return ScriptEditor.body(
            request.lexis(), file.shown(), line, text.substring(start, end), outside);
      }
    }
    return null;
  }

  @Override
  public List<String> columns() {
    return List.of("version");
  }

  /** Rails keeps the same table, so this one is asked last. */
  @Override
  public boolean keeps(ForeignTable table) {
    return table.columns().size() == 1
        && table.name().equals("schema_migrations")
        && !table.schema().equals("supabase_migrations");
  }

  @Override
  public Standing judge(Imported imported, List<Map<String, String>> rows) {
    Standing.Builder standing = new Standing.Builder();
    List<String> versions =
        rows.stream().map(row -> row.getOrDefault("version", "")).sorted().toList();
    NumberedFiles.judge(tool(), imported, versions, standing);
    return standing.build(false);
  }
}
