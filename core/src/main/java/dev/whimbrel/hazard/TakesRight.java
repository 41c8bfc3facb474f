package dev.whimbrel.hazard;

import java.util.List;

/** A right that is taken away. What the target grants is not on a scratch database. */
final class TakesRight implements Rule {
  @Override
  public String code() {
    return "W412";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!seen.says("revoke")) {
      return;
    }
    List<String> words = seen.statement().words();
    boolean fresh =
        Delta.between(seen.origin(), seen.before()).newRelations().stream()
            .anyMatch(each -> words.contains(each.name()));
    boolean everybody = words.contains("public");
    bench.report(
        seen,
        "",
        fresh || everybody ? Severity.INFO : Severity.WARN,
        "Code that still runs with this role fails where it used the right.",
        "Take the right away in a later revision, when no code of the role needs it.");
  }
}
