package dev.whimbrel.hazard;

/** A view that is dropped, or loses columns. */
final class DropsView implements Rule {
  @Override
  public String code() {
    return "W409";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Catalog.Relation gone : Delta.of(seen).droppedRelations()) {
      boolean again =
          bench.later(seen).stream()
              .anyMatch(each ->
                  each.transaction() == seen.transaction()
                      && each.after().relations().values().stream()
                          .anyMatch(now -> now.qualified().equals(gone.qualified())));
      if ((gone.kind() == 'v' || gone.kind() == 'm') && seen.existing(gone.oid()) && !again) {
        bench.report(
            seen,
            gone.oid(),
            Severity.WARN,
            "Code that still runs reads %s and fails from this moment on."
                .formatted(gone.qualified()),
            "Drop it in a later revision, when no code reads it.");
      }
    }
  }
}
