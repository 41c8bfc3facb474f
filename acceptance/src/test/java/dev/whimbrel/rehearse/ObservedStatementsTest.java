package dev.whimbrel.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whimbrel.rehearse.ObservedStatements.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What servers of several versions do with about a hundred statements, and that we see it. */
class ObservedStatementsTest {
  private static final Path PAGE = root().resolve("docs/findings/observed.md");

  @Test
  void pageShowsWhatTheServersDo() throws Exception {
    String page =
        page(ObservedStatements.run(15), ObservedStatements.run(14), ObservedStatements.run(18));
    if (Boolean.getBoolean("whimbrel.golden.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Boolean.getBoolean("whimbrel.golden.write")).as("rewriting the page").isFalse();
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  /** Compares with a table made by other means, where there is one beside the project. */
  @Test
  void agreesWithTheTableBesideTheProject() throws Exception {
    Path table =
        Path.of(
            System.getProperty(
                "whimbrel.observed.reference",
                root().resolve("../shared/hazards-pg15.txt").toString()));
    assumeTrue(Files.exists(table), "there is no table of observations beside the project");
    Map<String, Row> seen = ObservedStatements.run(15);
    List<String> different = new ArrayList<>();
    Pattern line =
        Pattern.compile("(.{43})locks\\[(.*?)] rewrite\\[(.*?)] scan\\[(.*)] new\\[(.*?)] .*");
    for (String each : Files.readAllLines(table)) {
      Matcher matcher = line.matcher(each);
      assertThat(matcher.matches()).as(each).isTrue();
      String name = matcher.group(1).strip();
      Row ours = seen.get(name);
      boolean inside = !matcher.group(0).endsWith("Nonems");
      Map<String, String> locks = locks(matcher.group(2));
      if (ours == null || !sameLocks(ours.locks(), locks, inside)) {
        different.add(name + ": locks " + locks + " but " + ours);
      } else if (!new TreeSet<>(ours.rewrites()).equals(withoutSequences(matcher.group(3)))) {
        different.add(name + ": rewrites " + matcher.group(3) + " but " + ours);
      } else if (inside && !ours.passes().equals(passes(matcher.group(4)))) {
        different.add(name + ": passes " + matcher.group(4) + " but " + ours);
      } else if (inside && !new TreeSet<>(ours.built()).equals(quoted(matcher.group(5)))) {
        different.add(name + ": built " + matcher.group(5) + " but " + ours);
      }
    }
    assertThat(different).isEmpty();
  }

  /**
   * The table leaves out a lock that its session held already from making a view, and one that was
   * over too soon outside a transaction.
   */
  private static boolean sameLocks(
      Map<String, String> ours, Map<String, String> theirs, boolean inside) {
    Map<String, String> rest = new TreeMap<>(ours);
    rest.entrySet()
        .removeIf(each ->
            !theirs.containsKey(each.getKey())
                && (!inside || each.getValue().equals("AccessShare")));
    return inside ? rest.equals(theirs) : theirs.keySet().containsAll(rest.keySet());
  }

  private static Set<String> withoutSequences(String text) {
    Set<String> names = quoted(text);
    names.remove("sq");
    return names;
  }

  private static Map<String, String> locks(String text) {
    Map<String, String> locks = new TreeMap<>();
    for (String each : text.split(" ", -1)) {
      if (!each.isEmpty()) {
        locks.put(each.split(":", -1)[0], each.split(":", -1)[1]);
      }
    }
    return locks;
  }

  private static Set<String> quoted(String text) {
    TreeSet<String> names = new TreeSet<>();
    Matcher name = Pattern.compile("'(.*?)'").matcher(text);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  /** The table has tuples read of tables of these sizes. */
  private static Map<String, Long> passes(String text) {
    Map<String, Long> sizes = Map.of("ref", 1000L, "par_1", 20000L, "par_d", 40000L);
    Map<String, Long> passes = new TreeMap<>();
    Matcher scan = Pattern.compile("\\('(\\w+)', (\\d+)\\)").matcher(text);
    while (scan.find()) {
      long size = sizes.getOrDefault(scan.group(1), 60000L);
      passes.put(scan.group(1), (Long.parseLong(scan.group(2)) + size - 1) / size);
    }
    return passes;
  }

  private static String page(
      Map<String, Row> main, Map<String, Row> older, Map<String, Row> newer) {
    StringBuilder page =
        new StringBuilder(
            """
            # What PostgreSQL does with a statement

            Each statement of `acceptance/src/test/resources/observed/statements.sql` was run on real servers
            under the watch of the rehearsal. This page is written by that run; do not edit it.

            Only relations that existed before the statement are listed. *Passes* are how often all rows were
            read; the name alone is one pass, or a pass over an empty table.

            ## PostgreSQL 15

            """);
    table(page, main);
    differences(page, 14, main, older);
    differences(page, 18, main, newer);
    return page.toString();
  }

  private static void differences(
      StringBuilder page, int major, Map<String, Row> main, Map<String, Row> other) {
    Map<String, Row> changed = new LinkedHashMap<>();
    other.forEach((name, row) -> {
      if (!row.equals(main.get(name))) {
        changed.put(name, row);
      }
    });
    page.append("\n## Where PostgreSQL ").append(major).append(" differs\n\n");
    if (changed.isEmpty()) {
      page.append("Nowhere.\n");
    } else {
      table(page, changed);
    }
  }

  private static void table(StringBuilder page, Map<String, Row> rows) {
    page.append("| statement | locks | rewritten | passes | indexes built |\n");
    page.append("|---|---|---|---|---|\n");
    rows.forEach((name, row) -> page.append("| " + name + " | " + row.text() + " |\n"));
  }

  private static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not within a checkout");
  }
}
