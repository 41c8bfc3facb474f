package dev.whimbrel.hazard;

import java.util.ArrayList;
import java.util.List;

/** A {@code SECURITY DEFINER} function without a fixed search path. */
final class DefinesWithoutPath implements Rule {
  @Override
  public String code() {
    return "W604";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    List<Catalog.Function> functions = new ArrayList<>(Delta.of(seen).newFunctions());
    Delta.of(seen).changedFunctions().forEach(each -> functions.add(each.now()));
    for (Catalog.Function function : functions) {
      if (function.securityDefiner() && !function.settings().contains("search_path")) {
        bench.report(
            seen,
            function.qualified(),
            Severity.WARN,
            "%s runs with its owner's rights and finds names on its caller's path, who may put his own there."
                .formatted(function.qualified()),
            "alter function %s set search_path = '';".formatted(function.qualified()));
      }
    }
  }
}
