package dev.whimbrel.hazard;

/** An enum value, or an attribute of a composite type, that gets another name. */
final class RenamesEnumValue implements Rule {
  @Override
  public String code() {
    return "W405";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : Delta.of(seen).changedTypes()) {
      if (change.now().labels().size() < change.was().labels().size()) {
        continue; // attributes that go are another matter
      }
      for (String label : change.was().labels()) {
        if (!change.now().labels().contains(label)
            && seen.origin().types().containsKey(change.was().oid())) {
          bench.report(
              seen,
              change.was().qualified(),
              Severity.WARN,
              "Code that still runs reads and writes '%s' and fails from this moment on."
                  .formatted(label),
              "Add the new one beside the old one, move code and rows, and leave the old one"
                  + " unused.");
        }
      }
    }
  }
}
