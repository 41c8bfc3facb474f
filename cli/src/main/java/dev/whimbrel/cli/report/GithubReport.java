package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as workflow commands, which GitHub shows beside the lines of a pull request. The worst
 * come first: GitHub shows ten of a kind.
 */
public final class GithubReport {
  private static final List<String> SEVERITIES = List.of("error", "warn", "info");

  private GithubReport() {}

  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    Problem failure = report.failure();
    if (failure != null) {
      Place place = failure.place();
      lines.add(
          command(
              "error",
              place == null ? null : place.file(),
              place == null ? 0 : place.line(),
              failure.code().name(),
              failure.problem() + "\n" + failure.remedy()));
    }
    report.findings().stream()
        .filter(each -> !each.allowed())
        .sorted(
            Comparator.comparingInt((Result.Finding each) -> SEVERITIES.indexOf(each.severity())))
        .map(GithubReport::line)
        .forEach(lines::add);
    return lines;
  }

  private static String line(Result.Finding finding) {
    String kind =
        switch (finding.severity()) {
          case "error" -> "error";
          case "warn" -> "warning";
          default -> "notice";
        };
    return command(
        kind,
        finding.file(),
        finding.line(),
        finding.code(),
        (finding.message() + "\n" + finding.saferWay()).strip());
  }

  private static String command(
      String kind, @Nullable String file, int line, String title, String message) {
    String place =
        file == null
            ? ""
            : "file=" + property(file.replace('\\', '/')) + ",line=" + Math.max(1, line) + ",";
    return "::" + kind + " " + place + "title=" + property(title) + "::" + data(message);
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
