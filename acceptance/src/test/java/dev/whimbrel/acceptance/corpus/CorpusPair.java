package dev.whimbrel.acceptance.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two schemas of the corpus.
 *
 * @param suite the project they come from
 * @param name unique within the suite
 * @param roles that must exist
 * @param before statements to run before either schema is loaded
 */
record CorpusPair(
    String suite, String name, List<String> roles, List<String> before, String a, String b) {
  private static final Pattern STRINGS =
      Pattern.compile("\"(roles|pre)\"\\s*:\\s*\\[([^\\]]*)]", Pattern.DOTALL);
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  static List<CorpusPair> load(Path corpus) throws IOException {
    List<CorpusPair> pairs = new ArrayList<>();
    try (Stream<Path> cases = Files.find(corpus.resolve("pairs"), 2, (path, file) -> true)) {
      for (Path each :
          cases.filter(path -> Files.exists(path.resolve("a.sql"))).sorted().toList()) {
        pairs.add(read(each));
      }
    }
    return pairs;
  }

  private static CorpusPair read(Path folder) throws IOException {
    List<String> roles = new ArrayList<>();
    List<String> before = new ArrayList<>();
    Matcher lists = STRINGS.matcher(text(folder.resolve("meta.json")));
    while (lists.find()) {
      Matcher strings = STRING.matcher(lists.group(2));
      while (strings.find()) {
        String value =
            strings.group(1).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
        (lists.group(1).equals("roles") ? roles : before).add(value);
      }
    }
    String setup = text(folder.resolve("setup.sql"));
    if (!setup.isBlank()) {
      before.add(setup);
    }
    return new CorpusPair(
        String.valueOf(Objects.requireNonNull(folder.getParent()).getFileName()),
        String.valueOf(folder.getFileName()),
        roles,
        before,
        text(folder.resolve("a.sql")),
        text(folder.resolve("b.sql")));
  }

  private static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
