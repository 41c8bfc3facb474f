package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tools whose migrations can be brought over. */
public final class Importers {
  private Importers() {}

  /** All of them, in the order in which a table is taken for theirs. */
  public static List<Importer> all() {
    return List.of(
        new AlembicImporter(),
        new FlywayImporter(),
        new LiquibaseImporter(),
        new PrismaImporter(),
        new SupabaseImporter(),
        new GooseImporter(),
        new GolangMigrateImporter(),
        new DbmateImporter());
  }

  /** The words of all tools. */
  public static List<String> words() {
    return all().stream().map(Importer::word).toList();
  }

  /**
   * The importer with this word.
   *
   * @throws WhimbrelException {@code E_USAGE} with the nearest known word
   */
  public static Importer named(String word) {
    return all().stream()
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Problem.of(ErrorCode.E_USAGE, "import.unknown-tool")
                .with("tool", word)
                .with("known", String.join(", ", words()))
                .with(
                    "nearest",
                    Nearest.to(word, words())
                        .map("Did you mean %s?"::formatted)
                        .orElse("Name one of these."))
                .toException());
  }

  /** Why a directory can't be read as a tool's: what was looked for, and whose it may be. */
  static WhimbrelException notHere(Importer importer, Path directory) {
    List<String> others = new ArrayList<>();
    for (Importer other : all()) {
      if (!other.word().equals(importer.word()) && other.recognises(directory)) {
        others.add("whimbrel import " + other.word() + " " + TextFile.shown(directory));
      }
    }
    return Problem.of(ErrorCode.E_SOURCE, "import.not-here")
        .with("directory", TextFile.shown(directory))
        .with("tool", importer.tool())
        .with("looked", "\n   " + String.join("\n   ", importer.looksFor()))
        .with(
            "meant",
            others.isEmpty()
                ? "Give the directory that has them."
                : "It looks like another tool's. Run: " + String.join(", or ", others))
        .at(Place.of(TextFile.shown(directory)))
        .toException();
  }
}
