package dev.whimbrel.hazard;

/** A {@code DELETE} that leaves nothing. */
final class DeletesEverything implements Rule {
  @Override
  public String code() {
    return "W505";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var change : seen.changedRows().entrySet()) {
      Observation.Scan scan = seen.scans().get(change.getKey());
      if (seen.says("delete")
          && scan != null
          && scan.rows() > 0
          && change.getValue() >= scan.rows()
          && seen.existing(change.getKey())) {
        bench.report(
            seen,
            change.getKey(),
            bench.hasRows(seen, change.getKey()) ? Severity.ERROR : Severity.WARN,
            "It deletes every row of %s.".formatted(seen.name(change.getKey())),
            "Give it a condition, and delete in batches of a few thousand rows.");
      }
    }
  }
}
