package dev.whimbrel.hazard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A right granted to {@code PUBLIC} or to the anonymous role of a platform. */
final class GrantsToEverybody implements Rule {
  @Override
  public String code() {
    return "W603";
  }

  private static final Pattern DEFAULT =
      Pattern.compile("(?is)\\bgrant\\b.+\\bto\\s+\"?(public|anon)\\b");

  @Override
  public void examine(Observation seen, Bench bench) {
    if (seen.says("alter", "default", "privileges")) {
      Matcher granted = DEFAULT.matcher(seen.statement().text());
      if (granted.find()) {
        bench.report(
            seen,
            "",
            Severity.WARN,
            "Every role gets a right on whatever is made from now on.",
            "-- name the role that needs it, in place of %s".formatted(granted.group(1)));
      }
    }
    for (var change : Delta.of(seen).changedRelations()) {
      String was = change.was().grants();
      String now = change.now().grants();
      boolean everybody = now.contains("{=") || now.contains(",=");
      boolean before = was.contains("{=") || was.contains(",=");
      boolean anonymous = now.contains("anon=") && !was.contains("anon=");
      if ((everybody && !before) || anonymous) {
        bench.report(
            seen,
            change.now().oid(),
            Severity.WARN,
            "Every role, also one that is made later, gets a right on %s."
                .formatted(change.now().qualified()),
            """
            revoke all on %1$s from %2$s;
            -- and grant to the role that needs it, such as: grant select on %1$s to app;\
            """
                .formatted(change.now().qualified(), anonymous ? "anon" : "public"));
      }
    }
  }
}
