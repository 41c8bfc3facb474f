package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.revision.Draft;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Migrations that follow each other by a number in their names; not thread-safe. */
final class NumberedFiles {
  private final String word;
  private final List<Numbered> found = new ArrayList<>();

  /**
   * One migration.
   *
   * @param version as in the file's name
   * @param words what its name says besides
   * @param downgrade null where there is none
   * @param checksum empty where the tool has none
   */
  record Numbered(
      String version,
      String words,
      String upgrade,
      @Nullable String downgrade,
      String checksum,
      String file) {}

  NumberedFiles(String word) {
    this.word = word;
  }

  void add(Numbered migration) {
    found.add(migration);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** A chain in the order of the numbers. */
  Imported chain(List<String> notes) {
    found.sort(Comparator.comparing(each -> number(each.version())));
    Map<BigInteger, Numbered> numbers = new HashMap<>();
    List<Imported.One> chain = new ArrayList<>();
    for (Numbered each : found) {
      Numbered earlier = numbers.putIfAbsent(number(each.version()), each);
      if (earlier != null) {
        throw Problem.of(ErrorCode.E_SOURCE, "import.twice")
            .with("version", each.version())
            .with("other", earlier.file())
            .at(Place.of(each.file()))
            .toException();
      }
      Draft draft =
          new Draft(
              each.version(),
              chain.isEmpty() ? List.of() : List.of(chain.getLast().draft().id()),
              each.words().isEmpty() ? each.version() : each.words(),
              Named.time(each.version()),
              List.of(),
              List.of(),
              null,
              "whimbrel import " + word,
              List.of("Imported from " + lastName(each.file()) + "."),
              each.upgrade(),
              each.downgrade());
      chain.add(
          new Imported.One(draft, number(each.version()).toString(), each.checksum(), each.file()));
    }
    return new Imported(chain, notes, "");
  }

  private static String lastName(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** The number of a version, without zeros in front. */
  static BigInteger number(String version) {
    return new BigInteger(version);
  }

  /** What a history of one row for each applied version says. */
  static void judge(
      String tool, Imported imported, Iterable<String> versions, Standing.Builder standing) {
    Map<String, Imported.One> files = imported.byKey();
    for (String version : versions) {
      boolean isNumber = !version.isEmpty() && version.chars().allMatch(Character::isDigit);
      Imported.One file = files.get(isNumber ? number(version).toString() : version);
      if (file != null) {
        standing.applied(file.draft().id());
      } else {
        standing.problem(noFile(tool, version, version));
      }
    }
  }

  /** A note on a migration that comes without its SQL. */
  static String code(String file) {
    return file + " is code, so its revision has no SQL; what it does goes into it by hand";
  }

  /** What runs again when it has changed, and has not yet. */
  static Problem changed(String tool, Imported.One one, String command) {
    return Problem.of(ErrorCode.E_DIVERGED, "import.changed")
        .with("tool", tool)
        .with("version", one.key().replaceFirst("^R:", ""))
        .with("file", one.file())
        .with("command", command)
        .at(Place.of(one.file()))
        .build();
  }

  static Problem noFile(String tool, String version, String file) {
    return Problem.of(ErrorCode.E_DIVERGED, "import.no-file")
        .with("tool", tool)
        .with("version", version)
        .with("file", file)
        .build();
  }
}
