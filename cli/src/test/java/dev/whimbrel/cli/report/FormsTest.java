package dev.whimbrel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.whimbrel.Result;
import dev.whimbrel.cli.output.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports for programs and for pull requests. */
class FormsTest {
  private final Report report = Samples.report(null);

  @Test
  void annotatesLinesWorstFirstAndEscapesWhatGithubReads() {
    List<String> lines = GithubReport.lines(report);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith(
            "::error file=migrations/a%2C b%25.sql,line=7,title=W201::What W201 saw, 100%25: ")
        .endsWith("%0Aalter table users%0A  add y int; -- ```");
    assertThat(lines.get(1)).startsWith("::warning file=");
    assertThat(lines.get(2)).startsWith("::notice file=");
  }

  @Test
  void isAsReviewedInEachForm() throws IOException {
    reviewed("github.txt", String.join("\n", GithubReport.lines(report)) + "\n");
    reviewed("report.md", String.join("\n", MarkdownReport.lines(report)) + "\n");
    String sarif =
        Console.json(
            SarifReport.fields(report, "1.0", code -> "# " + code + ": page\n\nWhy it matters.\n"));
    reviewed("report.sarif", sarif.replaceAll("([\\[{,])(?=[{\"])", "$1\n") + "\n");
  }

  /** With {@code -Dwhimbrel.goldens=true} the file is written anew, and the test fails. */
  private static void reviewed(String name, String text) throws IOException {
    Path file = Path.of("src/test/resources/dev/whimbrel/cli/report", name);
    String expected = Files.exists(file) ? Files.readString(file) : "";
    if (Boolean.getBoolean("whimbrel.goldens") && !text.equals(expected)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      fail("%s was written: look at it", file);
    }
    assertThat(text).isEqualTo(expected);
  }

  @Test
  void annotatesAFailureToo() {
    assertThat(GithubReport.lines(Samples.report(Samples.failure())).getFirst())
        .startsWith("::error title=E_USAGE::There is no report in the form ");
  }

  @Test
  void saysWhereAndWhatInSarif() {
    String sarif = Console.json(SarifReport.fields(report, "1.0", code -> "# " + code + " page"));

    assertThat(sarif)
        .contains("\"version\":\"2.1.0\"", "\"uri\":\"migrations/a,%20b%25.sql\"")
        .contains("\"ruleId\":\"W201\",\"ruleIndex\":1,\"level\":\"error\"")
        .contains("\"shortDescription\":{\"text\":\"W201 page\"}")
        .contains("\"suppressions\":[{\"kind\":\"inSource\"}]", "\"executionSuccessful\":true");
  }

  @Test
  void opensMarkdownWithTheVerdictAndFoldsTheRest() {
    List<String> lines = MarkdownReport.lines(report);

    assertThat(lines.getFirst()).isEqualTo("## ❌ Findings stand in the way");
    assertThat(lines)
        .contains("1 revision, 1 error, 1 warning, 1 note; others wait up to **41 s**.");
    assertThat(lines).contains("````sql", "  add y int; -- ```", "````");
    assertThat(lines)
        .contains(
            "| not null | `` public.users (%1$s) `` | 37 | `` id=4; %1$s `` |".formatted(cell()));
    assertThat(lines.stream().filter(each -> each.equals("</details>")).count())
        .isEqualTo(lines.stream().filter(each -> each.startsWith("<details>")).count());
  }

  private static String cell() {
    return Samples.HOSTILE.replace("|", "\\|");
  }

  @Test
  void callsNobodyAndRunsNothingFromMarkdown() {
    String outside =
        String.join("\n", MarkdownReport.lines(report))
            .replaceAll("(`+)(?!`).*?(?<!`)\\1(?!`)", "");

    assertThat(outside).doesNotContain("<script>").doesNotContain("@team");
  }

  @Test
  void keepsMarkdownShorterThanGithubTakes() {
    List<Result.Finding> many = Collections.nCopies(900, report.findings().get(1));
    Report longest =
        new Report(
            "",
            report.revisions(),
            null,
            null,
            report.statements(),
            many,
            List.of(),
            List.of(),
            many,
            null,
            null,
            null,
            report.schema(),
            List.of());

    List<String> lines = MarkdownReport.lines(longest);

    assertThat(String.join("\n", lines)).hasSizeLessThan(65_536);
    assertThat(lines.getLast()).contains("left out");
  }
}
