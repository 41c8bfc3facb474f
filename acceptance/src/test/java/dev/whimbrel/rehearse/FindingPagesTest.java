package dev.whimbrel.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.hazard.Facts;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.Rule;
import dev.whimbrel.hazard.Rules;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has a page, and what its page calls bad and good is. */
class FindingPagesTest {
  private static final Path PAGES = pages();
  private static final Facts FACTS =
      Facts.assumed(Duration.ofSeconds(1)).exposing(Set.of("public"));

  static List<String> codes() {
    return Rules.all().stream().map(Rule::code).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("codes")
  void badExampleIsFoundAndGoodOneIsNot(String code) throws Exception {
    String page = Files.readString(PAGES.resolve(code + ".md"));
    List<Finding> bad = findings(page, "Bad");
    assertThat(bad).as("bad").extracting(Finding::code).contains(code);
    assertThat(bad)
        .filteredOn(each -> each.code().equals(code))
        .allSatisfy(each -> assertThat(each.saferWay()).isNotBlank());
    List<Finding> good = findings(page, "Good");
    assertThat(good).as("good").extracting(Finding::code).doesNotContain(code);
    if (!code.equals("W700")) {
      assertThat(good).as("good").extracting(Finding::code).doesNotContain("W700");
    }
  }

  @Test
  void pagesAndRulesBelongTogether() throws IOException {
    TreeSet<String> pages = new TreeSet<>();
    try (Stream<Path> files = Files.list(PAGES)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("W\\d+\\.md"))
          .forEach(name -> pages.add(name.replace(".md", "")));
    }
    pages.removeAll(Set.of("W350", "W351", "W352")); // they are about the target, not the SQL
    assertThat(codes()).doesNotHaveDuplicates().containsExactlyElementsOf(pages);
  }

  private static List<Finding> findings(String page, String heading)
      throws SQLException, IOException {
    String given = block(page, "Given");
    if (given.isEmpty()) {
      given = block(Files.readString(PAGES.resolve("README.md")), "Given");
    }
    try (TestDatabase database = PostgresExtension.create(15)) {
      database.execute(given);
      return Rehearsed.findings(database, block(page, heading), FACTS);
    }
  }

  private static String block(String page, String heading) {
    Matcher matcher =
        Pattern.compile("(?ms)^## " + heading + "\n\n```sql\n(.*?)^```").matcher(page);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static Path pages() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".mvn"))) {
        return folder.resolve("docs/findings");
      }
    }
    throw new IllegalStateException("not within a checkout");
  }
}
