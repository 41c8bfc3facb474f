package dev.whimbrel.acceptance.corpus;

import dev.whimbrel.acceptance.corpus.CorpusCheck.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of all pairs, as a page. */
final class CorpusReport {
  private static final String SPELLING =
      "it converges; pg_dump alone differs, because the server spells varchar IN (…) in another way"
          + " once it is read back";

  /** Pairs that cannot converge, with the limit of PostgreSQL that is in the way. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "migra/extversions",
          "the server has no update path from that version of an extension to the other",
          "pgschema/create_index--issue_473_partial_index_in_list",
          SPELLING,
          "pgschema/online--add_constraint",
          SPELLING);

  private final int major;
  private final List<Outcome> outcomes;

  CorpusReport(int major, List<Outcome> outcomes) {
    this.major = major;
    this.outcomes = List.copyOf(outcomes);
  }

  /** What failed and is not a known limit. */
  List<String> unexplained() {
    return outcomes.stream()
        .filter(outcome -> outcome.kind().equals("failed") && !LIMITS.containsKey(name(outcome)))
        .map(outcome -> name(outcome) + ": " + outcome.reason())
        .toList();
  }

  String figures() {
    Map<String, Map<String, Integer>> suites = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      suites
          .computeIfAbsent(outcome.pair().suite(), suite -> new TreeMap<>())
          .merge(outcome.kind(), 1, Integer::sum);
    }
    StringBuilder text =
        new StringBuilder("| suite | cases | passed | failed | skipped |\n|---|---|---|---|---|\n");
    suites.forEach((suite, counts) -> {
      int all = counts.values().stream().mapToInt(Integer::intValue).sum();
      text.append("| ").append(suite).append(" | ").append(all);
      for (String kind : List.of("passed", "failed", "skipped")) {
        text.append(" | ").append(counts.getOrDefault(kind, 0));
      }
      text.append(" |\n");
    });
    return text.toString();
  }

  String page() {
    StringBuilder page = new StringBuilder();
    page.append(
            "# The corpus\n\n"
                + "Pairs of schemas from the test data of public projects, on PostgreSQL ")
        .append(major)
        .append(
            ".\n"
                + "Each side is loaded, taken to the other with the generated statements, compared,"
                + " compared with\n")
        .append("`pg_dump -s` where no name was matched by structure, and taken back.\n")
        .append("`mvn -pl acceptance verify -Pcorpus` runs them and writes this page.\n\n")
        .append(figures());
    list(page, "Failed", "failed");
    list(page, "Skipped", "skipped");
    return page.toString();
  }

  private void list(StringBuilder page, String title, String kind) {
    List<Outcome> found = outcomes.stream().filter(each -> each.kind().equals(kind)).toList();
    if (!found.isEmpty()) {
      page.append("\n## ").append(title).append("\n\n");
      for (Outcome outcome : found) {
        page.append("- `")
            .append(name(outcome))
            .append("`: ")
            .append(LIMITS.getOrDefault(name(outcome), outcome.reason()))
            .append('\n');
      }
    }
  }

  /** For whoever looks into the failures. */
  String details() {
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : outcomes) {
      if (!outcome.kind().equals("passed")) {
        text.append("=== ").append(name(outcome)).append(' ').append(outcome.reason());
        text.append('\n').append(outcome.detail()).append('\n');
      }
    }
    return text.toString();
  }

  private static String name(Outcome outcome) {
    return outcome.pair().suite() + "/" + outcome.pair().name();
  }
}
