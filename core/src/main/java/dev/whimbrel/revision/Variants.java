package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  static List<Path> choose(List<Path> files, String engine, Path root) {
    Set<Path> all = new HashSet<>(files);
    List<Path> chosen = new ArrayList<>();
    for (Path file : files) {
      Optional<String> own = engine(file);
      if (own.isPresent()) {
        Path plain = file.resolveSibling(stem(file, own.get()) + ".sql");
        if (all.contains(plain)) {
          compareHeaders(file, plain, root);
        }
        if (own.get().equals(engine)) {
          chosen.add(file);
        }
      } else if (!all.contains(file.resolveSibling(stem(file, "") + engine + ".sql"))) {
        chosen.add(file);
      }
    }
    return chosen;
  }

  private static Optional<String> engine(Path file) {
    String name = file.getFileName().toString();
    return ENGINES.stream().filter(engine -> name.endsWith("." + engine + ".sql")).findFirst();
  }

  /** The name without {@code .engine.sql}; with an empty engine, the name up to its last dot. */
  private static String stem(Path file, String engine) {
    String name = file.getFileName().toString();
    int suffix = engine.isEmpty() ? "sql".length() : engine.length() + ".sql".length() + 1;
    return name.substring(0, name.length() - suffix);
  }

  private static void compareHeaders(Path variant, Path plain, Path root) {
    String shownVariant = MigrationsDirectory.shown(root, variant);
    String shownPlain = MigrationsDirectory.shown(root, plain);
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
