package dev.whimbrel.hazard;

import java.util.ArrayList;
import java.util.List;

/** {@code CASCADE} that takes more than was named. */
final class Cascades implements Rule {
  @Override
  public String code() {
    return "W507";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!Words.has(seen, "cascade") || !seen.mentions("drop")) {
      return;
    }
    List<String> more = new ArrayList<>();
    Delta delta = Delta.of(seen);
    delta.droppedRelations().stream()
        .filter(each -> !each.isIndex() && each.kind() != 'S')
        .forEach(each -> more.add(each.qualified()));
    delta.droppedConstraints().stream()
        .filter(each -> each.kind() == 'f' && seen.after().relations().containsKey(each.relation()))
        .forEach(each -> more.add(Names.quoted(each.name()) + " on " + seen.name(each.relation())));
    delta.droppedFunctions().forEach(each -> more.add(each.qualified()));
    more.removeIf(each -> each.indexOf(' ') < 0 && Words.names(seen, each));
    if (!more.isEmpty()) {
      bench.report(
          seen,
          "",
          Severity.ERROR,
          "CASCADE also drops what the statement does not name: %s."
              .formatted(String.join(", ", more)),
          "Drop each by name, so that the file says what is lost.");
    }
  }
}
