package dev.whimbrel.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Outline;
import dev.whimbrel.cli.report.Report;
import dev.whimbrel.cli.report.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The page of a report. */
class PageTest {
  private static String page(Report report) {
    return Page.of(report, "1.0", Instant.parse("2026-01-09T12:30:00Z"));
  }

  /** Reads the page as XML, which finds each tag that is not closed and each name not escaped. */
  private static Document parsed(String page)
      throws ParserConfigurationException, IOException, SAXException {
    String xml =
        page.replace("<!DOCTYPE html>", "")
            .replaceAll("(?s)<style>.*?</style>", "")
            .replaceAll("(?s)<script>\\n?// Copy.*?</script>", "")
            .replaceAll("<meta ([^>]*)>", "<meta $1/>")
            .replaceAll(" (hidden|open)(?=[ >])", " $1=''");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> all(Document page, String tag) {
    NodeList found = page.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void isWellFormedWhateverThingsAreCalled() throws Exception {
    Document page = parsed(page(Samples.report(Samples.failure())));

    assertThat(all(page, "script")).isEmpty();
    assertThat(page.getDocumentElement().getTextContent()).contains(Samples.HOSTILE);
  }

  @Test
  void loadsNothing() {
    String page = page(Samples.report(null));

    assertThat(page)
        .doesNotContainPattern("(src|href|xlink:href)=\"?(https?:|//)")
        .doesNotContain("@import")
        .doesNotContain("url(")
        .contains("default-src 'none'");
  }

  @Test
  void showsEveryFindingWithItsSaferWay() throws Exception {
    Document page = parsed(page(Samples.report(null)));

    assertThat(
            all(page, "code").stream()
                .filter(each -> each.getAttribute("class").equals("code"))
                .map(Element::getTextContent))
        .containsExactly("W201", "W102", "W901", "W501");
    assertThat(all(page, "button")).hasSize(3);
  }

  @Test
  void leadsToPartsThatAreThere() throws Exception {
    Document page = parsed(page(Samples.report(Samples.failure())));

    TreeSet<String> ids = new TreeSet<>();
    NodeList everything = page.getElementsByTagName("*");
    for (int i = 0; i < everything.getLength(); i++) {
      String id = ((Element) everything.item(i)).getAttribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as("id %s once", id).isTrue();
    }
    assertThat(all(page, "a")).hasSizeGreaterThan(7);
    assertThat(all(page, "a"))
        .allSatisfy(link -> assertThat(ids).contains(link.getAttribute("href").substring(1)));
  }

  @Test
  void leavesOutWhatThereIsNothingToSayAbout() throws Exception {
    Report empty =
        new Report(
            "",
            List.of(),
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            null,
            Outline.Change.none(),
            List.of());

    assertThat(all(parsed(page(empty)), "section")).isEmpty();
  }

  @Test
  void staysSmallForAThousandTables() {
    List<Outline.Entity> entities = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      List<Outline.Column> columns = new ArrayList<>();
      for (int c = 0; c < 20; c++) {
        columns.add(new Outline.Column(c, "column_" + c, "text", "", false, c == 0));
      }
      List<Outline.Reference> references =
          i == 0
              ? List.of()
              : List.of(new Outline.Reference(List.of("column_1"), i / 2, "FOREIGN KEY " + i));
      entities.add(
          new Outline.Entity(i, "public.table_" + i, "table", columns, references, List.of()));
    }
    Report sample = Samples.report(null);
    Report large =
        new Report(
            "",
            sample.revisions(),
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            null,
            new Outline.Change(Outline.empty(), new Outline(entities)),
            List.of());

    String page = page(large);

    assertThat(page).hasSizeLessThan(600_000).contains("public.table_999");
    Matcher width = Pattern.compile("class=\"entities\" width=\"(\\d+)\"").matcher(page);
    assertThat(width.find()).isTrue();
    assertThat(Integer.parseInt(width.group(1))).isLessThan(3000);
  }
}
