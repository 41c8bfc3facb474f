package dev.whimbrel.cli.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.cli.report.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
  private static final String HOSTILE = "public.\"<script>alert('x')</script>&\"";

  private static Result.Revision revision(String id, String parent, String message) {
    return new Result.Revision(
        id, List.of(parent), message, "migrations/" + id + ".sql", "", null, List.of(), List.of());
  }

  private static Result.Finding finding(String relation) {
    return new Result.Finding(
        "W301",
        "error",
        "bbbb",
        1,
        relation,
        "It reads " + relation,
        "alter table " + relation + " …",
        "migrations/bbbb.sql",
        7,
        false);
  }

  private static Report report(String relation) {
    Result.Revision pending = revision("bbbb", "aaaa", "Change <b>it</b>");
    Result.Status status =
        new Result.Status(
            State.PENDING,
            new Result.Database("postgresql 18.6", "postgresql://app@host/db"),
            List.of("aaaa"),
            List.of("bbbb"),
            List.of(pending),
            List.of(),
            List.of(),
            List.of(),
            null);
    Result.Statement statement =
        new Result.Statement(
            "bbbb",
            1,
            "alter table " + relation + " alter column a set not null",
            3,
            true,
            List.of(new Result.Lock(relation, "AccessExclusive", List.of("read", "write"))),
            List.of(),
            List.of(relation),
            List.of(),
            List.of(),
            0,
            2500);
    Result.Diagram diagram =
        new Result.Diagram(
            List.of(
                new Result.Entity(
                    relation,
                    true,
                    true,
                    true,
                    List.of(new Result.Attribute("a", "primary", "text", "text not null")),
                    List.of()),
                new Result.Entity(
                    "public.fresh",
                    false,
                    true,
                    true,
                    List.of(new Result.Attribute("b", "foreign", null, "text")),
                    List.of(new Result.Attribute("index b_idx", "", null, "there")))),
            List.of(
                new Result.Link("public.fresh", List.of("b"), relation, List.of("a"), false, true)),
            List.of("+ view public.recent"));
    return new Report(
        List.of(pending),
        null,
        List.of(statement),
        List.of(finding(relation)),
        List.of(),
        List.of("A note <i>"),
        List.of(finding(relation)),
        null,
        new Report.Pictures(
            status,
            List.of(
                new Result.Node("aaaa", List.of(), "First", true, false),
                new Result.Node("bbbb", List.of("aaaa"), pending.message(), false, true)),
            diagram,
            true,
            "schema.sql"));
  }

  private static String page(Report report) {
    return HtmlReport.page(report, Instant.EPOCH, "1.2.3");
  }

  @Test
  void showsTheVerdictTheGraphTheSchemaTheLocksAndTheFindings() {
    assertThat(page(report("public.users")))
        .contains("<h1>", "A deployment would be refused", "It reads public.users")
        .contains("<circle class=\"node pending\"", "<circle class=\"node applied\"")
        .contains("pane difference", "pane before", "pane after", "+ view public.recent")
        .contains("public.users: AccessExclusive", "2.5 s", "href=\"#bbbb-1-W301\"")
        .contains("id=\"bbbb-1-W301\"", "alter table public.users …");
  }

  @Test
  void writesNamesOfTheDatabaseAsText() {
    String page = page(report(HOSTILE));
    assertThat(page).doesNotContain("<script>alert", "<b>it</b>", "note <i>");
    assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;");
  }

  @Test
  void asksForNothingOutsideOfItself() {
    assertThat(page(report("public.users")))
        .doesNotContain("http://", "https://", "src=", "@import", "url(http");
  }

  @Test
  void showsATableThatIsNewOnlyFromThenOn() {
    String page = page(report("public.users"));
    String before = page.substring(page.indexOf("aria-label=\"Before: "));
    assertThat(before.substring(0, before.indexOf('>'))).doesNotContain("public.fresh");
    String after = page.substring(page.indexOf("aria-label=\"After: "));
    assertThat(after.substring(0, after.indexOf('>'))).contains("public.fresh");
  }

  @Test
  void keepsTheNewestRevisionsOfALongHistoryAndAllThatArePending() {
    List<Result.Node> graph = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      graph.add(
          new Result.Node(
              "r" + i, i == 0 ? List.of() : List.of("r" + (i - 1)), "", i < 240, i >= 240));
    }
    GraphPicture.Drawing drawing = GraphPicture.of(graph, List.of("r239"));
    assertThat(drawing.rows()).hasSize(62);
    assertThat(drawing.hidden()).isEqualTo(238);
    assertThat(drawing.rows()).filteredOn(GraphPicture.Row::here).hasSize(1);
  }
}
