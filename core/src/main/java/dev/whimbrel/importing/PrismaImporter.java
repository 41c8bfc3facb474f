package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.revision.Draft;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prisma Migrate: a folder for each migration, sorted by name, with SHA-256 sums. */
final class PrismaImporter implements Importer {
  private static final List<String> USUAL = List.of("prisma/migrations", "migrations", "");

  @Override
  public String word() {
    return "prisma";
  }

  @Override
  public String tool() {
    return "Prisma";
  }

  @Override
  public List<String> looksFor() {
    return List.of("folders with migration.sql in prisma/migrations, in migrations or here");
  }

  private static List<Path> files(Path directory) {
    for (String usual : USUAL) {
      Path root = directory.resolve(usual);
      List<Path> files =
          TextFile.below(root, name -> name.equals("migration.sql")).stream()
              .filter(file -> root.relativize(file).getNameCount() == 2)
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
    List<Imported.One> chain = new ArrayList<>();
    for (Path path : files(request.directory())) {
      TextFile file = TextFile.read(path);
      String name = TextFile.name(path.getName(path.getNameCount() - 2));
      int sign = name.indexOf('_');
      boolean numbered = sign > 0 && name.substring(0, sign).chars().allMatch(Character::isDigit);
      String id = Named.id(name);
      Path down = path.resolveSibling("down.sql");
      Draft draft =
          new Draft(
              id,
              chain.isEmpty() ? List.of() : List.of(chain.getLast().draft().id()),
              Named.words(numbered ? name.substring(sign + 1) : name),
              numbered ? Named.time(name.substring(0, sign)) : null,
              List.of(),
              List.of(),
              null,
              "whimbrel import prisma",
              List.of("Imported from " + name + "/migration.sql."),
              body(request, file),
              Files.isRegularFile(down) ? body(request, TextFile.read(down)) : null);
      chain.add(new Imported.One(draft, name, sum(file.text()), file.shown()));
    }
    if (chain.isEmpty()) {
      throw Importers.notHere(this, request.directory());
    }
    return new Imported(chain, List.of(), "");
  }

  private static String body(ImportRequest request, TextFile file) {
    return ScriptEditor.body(request.lexis(), file.shown(), 1, file.text(), false);
  }

  private static String sum(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public List<String> columns() {
    return List.of("migration_name", "checksum", "finished_at", "rolled_back_at");
  }

  @Override
  public boolean keeps(ForeignTable table) {
    return true;
  }

  @Override
  public Standing judge(Imported imported, List<Map<String, String>> rows) {
    Standing.Builder standing = new Standing.Builder();
    Map<String, Map<String, String>> last = new LinkedHashMap<>();
    for (Map<String, String> row : rows) {
      if (!row.containsKey("rolled_back_at")) {
        last.put(row.getOrDefault("migration_name", ""), row);
      }
    }
    Map<String, Imported.One> files = imported.byKey();
    last.forEach((name, row) -> {
      Imported.One one = files.get(name);
      if (!row.containsKey("finished_at")) {
        standing.problem(
            Problem.of(ErrorCode.E_INTERRUPTED, "import.failed-row")
                .with("tool", tool())
                .with("version", name)
                .with("file", name + "/migration.sql")
                .with("mend", "prisma migrate resolve --applied NAME, or --rolled-back NAME")
                .build());
      } else if (one == null) {
        standing.problem(NumberedFiles.noFile(tool(), name, name + "/migration.sql"));
      } else {
        standing.applied(one.draft().id());
        compare(one, row.getOrDefault("checksum", ""), standing);
      }
    });
    return standing.build(false);
  }

  private static void compare(Imported.One one, String recorded, Standing.Builder standing) {
    String text = TextFile.read(Path.of(one.file())).text();
    String unix = text.replace("\r\n", "\n");
    boolean equal =
        recorded.equals(one.checksum())
            || recorded.equals(sum(unix))
            || recorded.equals(sum(unix.replace("\n", "\r\n")));
    if (equal) {
      standing.equalChecksum();
    } else {
      standing.problem(
          Problem.of(ErrorCode.E_DIVERGED, "import.checksum")
              .with("tool", "Prisma")
              .with("version", one.key())
              .with("file", one.file())
              .with("now", one.checksum())
              .with("recorded", recorded)
              .with("why", "It isn't the line ends, so it was edited after it was applied.")
              .with("mend", "")
              .at(Place.of(one.file()))
              .build());
    }
  }
}
