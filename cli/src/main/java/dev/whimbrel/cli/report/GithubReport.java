package dev.whimbrel.cli.report;

import dev.whimbrel.Result;
import java.util.List;

/** A report as workflow commands, which GitHub shows beside the lines of a pull request. */
public final class GithubReport {
  private GithubReport() {}

  public static List<String> lines(Report report) {
    return report.findings().stream()
        .filter(each -> !each.allowed())
        .map(GithubReport::line)
        .toList();
  }

  private static String line(Result.Finding finding) {
    String kind =
        switch (finding.severity()) {
          case "error" -> "error";
          case "warn" -> "warning";
          default -> "notice";
        };
    String file = finding.file() == null ? "" : "file=" + property(finding.file()) + ",";
    return "::%s %sline=%d,title=%s::%s"
        .formatted(
            kind,
            file,
            Math.max(1, finding.line()),
            property(finding.code()),
            data(finding.message() + "\n" + finding.saferWay()));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
