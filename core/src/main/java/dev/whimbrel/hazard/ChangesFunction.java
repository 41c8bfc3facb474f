package dev.whimbrel.hazard;

/** A function that is dropped, renamed or gives back something else. */
final class ChangesFunction implements Rule {
  @Override
  public String code() {
    return "W406";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    Delta delta = Delta.of(seen);
    for (Catalog.Function gone : delta.droppedFunctions()) {
      boolean called = !gone.result().equals("trigger"); // only triggers are, and they hold it
      if (called && seen.origin().functions().containsKey(gone.oid())) {
        bench.report(
            seen,
            gone.qualified(),
            Severity.WARN,
            "Code that still runs calls %s and fails from this moment on."
                .formatted(gone.qualified()),
            "Drop it in a later revision, when no code calls it.");
      }
    }
    for (var change : delta.changedFunctions()) {
      if (!change.was().qualified().equals(change.now().qualified())
          && seen.origin().functions().containsKey(change.was().oid())) {
        bench.report(
            seen,
            change.was().qualified(),
            Severity.WARN,
            "Code that still runs calls %s and fails from this moment on."
                .formatted(change.was().qualified()),
            "Create the new function beside the old one, and drop that in a later revision.");
      }
    }
  }
}
