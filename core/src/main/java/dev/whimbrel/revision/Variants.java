package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses between {@code name.sql} and {@code name.<engine>.sql}. */
final class Variants {
  /** What may stand before {@code .sql} as an engine; any other word is part of a name. */
  static final List<String> ENGINES = List.of("postgresql", "sqlite", "mysql", "mariadb");

  private Variants() {}

  /**
   * The files to read for an engine, in the given order.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_REVISION} if a variant and the plain file
   *     have different headers
   */
  static List<FoundFile> choose(List<FoundFile> files, String engine, Path root) {
    if (files.stream().allMatch(file -> engine(file.name()) == null)) {
      return files;
    }
    Map<Path, FoundFile> all = new HashMap<>();
    files.forEach(file -> all.put(file.path(), file));
    List<FoundFile> chosen = new ArrayList<>();
    for (FoundFile found : files) {
      Path file = found.path();
      String own = engine(found.name());
      if (own != null) {
        FoundFile plain = all.get(file.resolveSibling(stem(file, own) + ".sql"));
        if (plain != null) {
          compareHeaders(found, plain, root);
        }
        if (own.equals(engine)) {
          chosen.add(found);
        }
      } else if (!all.containsKey(file.resolveSibling(stem(file, "") + engine + ".sql"))) {
        chosen.add(found);
      }
    }
    return chosen;
  }

  private static @Nullable String engine(String name) {
    for (String engine : ENGINES) {
      if (name.endsWith("." + engine + ".sql")) {
        return engine;
      }
    }
    return null;
  }

  /** The name without {@code .engine.sql}; with an empty engine, the name up to its last dot. */
  private static String stem(Path file, String engine) {
    String name = file.getFileName().toString();
    int suffix = engine.isEmpty() ? "sql".length() : engine.length() + ".sql".length() + 1;
    return name.substring(0, name.length() - suffix);
  }

  private static void compareHeaders(FoundFile variant, FoundFile plain, Path root) {
    String shownVariant = MigrationsDirectory.shown(root, variant.path());
    String shownPlain = MigrationsDirectory.shown(root, plain.path());
    RevisionReader.header(variant, shownVariant)
        .firstDifference(RevisionReader.header(plain, shownPlain))
        .ifPresent(key -> {
          throw Problem.of(ErrorCode.E_REVISION, "revision.variant-header")
              .with("variant", shownVariant)
              .with("plain", shownPlain)
              .with("key", key)
              .at(Place.of(shownVariant))
              .toException();
        });
  }
}
