package dev.whimbrel.hazard;

/** An enum value that gets another name. */
final class RenamesEnumValue implements Rule {
  @Override
  public String code() {
    return "W405";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedTypes()) {
      for (String label : change.was().labels()) {
        if (!change.now().labels().contains(label)
            && seen.origin().types().containsKey(change.was().oid())) {
          bench.report(
              seen,
              change.was().qualified(),
              Severity.WARN,
              "Code that still runs reads and writes '%s' and fails from this moment on."
                  .formatted(label),
              "Add the new value beside the old one, move code and rows, and leave the old value unused.");
        }
      }
    }
  }
}
