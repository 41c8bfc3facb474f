package dev.whimbrel.cli.report.html;

import dev.whimbrel.Result;
import dev.whimbrel.cli.report.Figures;
import dev.whimbrel.cli.report.Report;
import freemarker.core.HTMLOutputFormat;
import freemarker.ext.beans.ZeroArgumentNonVoidMethodPolicy;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as one page that needs nothing but itself. */
public final class HtmlReport {
  private static final String FOLDER = "/dev/whimbrel/cli/report/html";

  private HtmlReport() {}

  /** A revision with what was seen of it. */
  public record Section(
      Result.Revision revision, List<Row> statements, List<Result.Finding> findings) {}

  /** A statement as a row of a table. */
  public record Row(
      int index, String start, String sql, String locks, String work, String blocks, boolean slow) {}

  /** A table of the target in words. */
  public record Table(String relation, String rows, String size, String writes) {}

  /**
   * Writes the page.
   *
   * @param made when
   * @param version of this program
   */
  public static String page(Report report, Instant made, String version) {
    Map<String, @Nullable Object> model = new HashMap<>();
    model.put("report", report);
    model.put("verdict", verdict(report));
    model.put("made", made.truncatedTo(ChronoUnit.SECONDS).toString());
    model.put("version", version);
    model.put("sections", sections(report));
    model.put("tables", tables(report));
    model.put("longest", longest(report));
    model.put("locks", LockPicture.of(report.statements()));
    Report.Pictures pictures = report.pictures();
    if (pictures != null) {
      Result.Diagram diagram = pictures.diagram();
      model.put("graph", GraphPicture.of(pictures.graph(), pictures.status().current()));
      model.put("others", diagram == null ? List.of() : diagram.others());
      model.put(
          "schema",
          diagram == null || diagram.entities().isEmpty() ? null : SchemaPicture.of(diagram));
    }
    StringWriter page = new StringWriter();
    try {
      model.put("style", text("page.css"));
      model.put("script", text("page.js"));
      configuration().getTemplate("page.ftlh").process(model, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TemplateException e) {
      throw new IllegalStateException(e);
    }
    return page.toString();
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    DefaultObjectWrapperBuilder wrapper =
        new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_34);
    wrapper.setRecordZeroArgumentNonVoidMethodPolicy(
        ZeroArgumentNonVoidMethodPolicy.BOTH_METHOD_AND_PROPERTY_UNLESS_BEAN_PROPERTY_READ_METHOD);
    configuration.setObjectWrapper(wrapper.build());
    configuration.setClassLoaderForTemplateLoading(
        HtmlReport.class.getClassLoader(), FOLDER.substring(1));
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    return configuration;
  }

  private static String text(String name) throws IOException {
    try (var stream = HtmlReport.class.getResourceAsStream(FOLDER + "/" + name)) {
      if (stream == null) {
        throw new IOException(name + " is missing from the program");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String verdict(Report report) {
    Report.Pictures pictures = report.pictures();
    if (report.failure() != null) {
      return "A deployment would fail";
    }
    if (!report.blocking().isEmpty()) {
      return "A deployment would be refused";
    }
    return pictures != null && report.revisions().isEmpty() ? "Nothing to deploy" : "Safe to deploy";
  }

  private static List<Section> sections(Report report) {
    List<Section> sections = new ArrayList<>();
    for (Result.Revision revision : report.revisions()) {
      List<Row> rows =
          report.statementsOf(revision.revision()).stream()
              .map(each ->
                  new Row(
                      each.index(),
                      Report.start(each.sql(), 120),
                      each.sql().strip(),
                      Report.locks(each),
                      Report.work(each),
                      Report.blocks(each),
                      each.estimatedBlockMs() >= 1000))
              .toList();
      sections.add(new Section(revision, rows, report.findingsOf(revision.revision())));
    }
    return sections;
  }

  private static List<Table> tables(Report report) {
    Result.Target target = report.target();
    if (target == null) {
      return List.of();
    }
    return target.tables().stream()
        .map(each ->
            new Table(
                each.relation(),
                Figures.count(each.rows()),
                Figures.bytes(each.bytes() + each.indexBytes()),
                String.format(Locale.ROOT, "%.1f", each.writesPerSecond())))
        .toList();
  }

  private static String longest(Report report) {
    return Figures.time(
        report.statements().stream()
            .mapToLong(Result.Statement::estimatedBlockMs)
            .max()
            .orElse(0));
  }
}
