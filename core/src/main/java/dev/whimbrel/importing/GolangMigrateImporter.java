package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.importing.NumberedFiles.Numbered;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** golang-migrate: a file up and a file down for each version, and one row that says where. */
final class GolangMigrateImporter implements Importer {
  private static final Pattern UP = Pattern.compile("(\\d+)_?(.*)\\.up\\.sql");
  private static final List<String> USUAL = List.of("", "migrations", "db/migrations");

  @Override
  public String word() {
    return "golang-migrate";
  }

  @Override
  public String tool() {
    return "golang-migrate";
  }

  @Override
  public List<String> looksFor() {
    return List.of("files named 1_words.up.sql, here, in migrations or in db/migrations");
  }

  private static List<Path> files(Path directory) {
    for (String usual : USUAL) {
      List<Path> files = TextFile.in(directory.resolve(usual), name -> UP.matcher(name).matches());
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
    for (Path up : files(request.directory())) {
      Matcher name = UP.matcher(TextFile.name(up));
      if (name.matches()) {
        Path down = up.resolveSibling(TextFile.name(up).replaceFirst("\\.up\\.sql$", ".down.sql"));
        numbered.add(
            new Numbered(
                name.group(1),
                Named.words(name.group(2)),
                body(request, up),
                Files.isRegularFile(down) ? body(request, down) : null,
                "",
                TextFile.shown(up)));
      }
    }
    if (numbered.isEmpty()) {
      throw Importers.notHere(this, request.directory());
    }
    return numbered.chain(List.of());
  }

  private static String body(ImportRequest request, Path path) {
    TextFile file = TextFile.read(path);
    return ScriptEditor.body(request.lexis(), file.shown(), 1, file.text(), false);
  }

  @Override
  public List<String> columns() {
    return List.of("dirty", "version");
  }

  @Override
  public boolean keeps(ForeignTable table) {
    return table.columns().size() == 2;
  }

  @Override
  public Standing judge(Imported imported, List<Map<String, String>> rows) {
    Standing.Builder standing = new Standing.Builder();
    for (Map<String, String> row : rows) {
      String version = row.getOrDefault("version", "0");
      if (ForeignTables.isTrue(row.getOrDefault("dirty", "false"))) {
        standing.problem(
            Problem.of(ErrorCode.E_INTERRUPTED, "import.failed-row")
                .with("tool", tool())
                .with("version", version)
                .with("file", "schema_migrations.dirty")
                .with("mend", "migrate force VERSION")
                .build());
      }
      if (!imported.byKey().containsKey(version)) {
        standing.problem(NumberedFiles.noFile(tool(), version, version + "_*.up.sql"));
      }
      for (Imported.One one : imported.revisions()) {
        if (new BigInteger(one.key()).compareTo(new BigInteger(version)) <= 0) {
          standing.applied(one.draft().id());
        }
      }
    }
    return standing.build(false);
  }
}
