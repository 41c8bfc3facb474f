package dev.whimbrel.importing;

import dev.whimbrel.importing.NumberedFiles.Numbered;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Supabase CLI: one file for each version, and a table of versions with their statements. */
final class SupabaseImporter implements Importer {
  private static final Pattern NAME = Pattern.compile("(\\d{14})_(.*)\\.sql");
  private static final List<String> USUAL = List.of("supabase/migrations", "migrations", "");

  @Override
  public String word() {
    return "supabase";
  }

  @Override
  public String tool() {
    return "Supabase CLI";
  }

  @Override
  public List<String> looksFor() {
    return List.of("files named 20250101120000_words.sql in supabase/migrations, or here");
  }

  private static List<Path> files(Path directory) {
    for (String usual : USUAL) {
      List<Path> files =
          TextFile.in(directory.resolve(usual), name -> NAME.matcher(name).matches());
      if (!files.isEmpty()) {
        return files;
      }
    }
    return List.of();
  }

  @Override
  public boolean recognises(Path directory) {
    return java.nio.file.Files.isDirectory(directory.resolve("supabase/migrations"))
        && !files(directory).isEmpty();
  }

  @Override
  public Imported read(ImportRequest request) {
    NumberedFiles numbered = new NumberedFiles(word());
    for (Path path : files(request.directory())) {
      TextFile file = TextFile.read(path);
      Matcher name = NAME.matcher(TextFile.name(path));
      if (name.matches()) {
        numbered.add(
            new Numbered(
                name.group(1),
                Named.words(name.group(2)),
                ScriptEditor.body(request.lexis(), file.shown(), 1, file.text(), false),
                null,
                "",
                file.shown()));
      }
    }
    if (numbered.isEmpty()) {
      throw Importers.notHere(this, request.directory());
    }
    return numbered.chain(List.of());
  }

  @Override
  public String platform() {
    return "supabase";
  }

  @Override
  public List<String> columns() {
    return List.of("version", "statements");
  }

  @Override
  public boolean keeps(ForeignTable table) {
    return table.name().equals("schema_migrations");
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
