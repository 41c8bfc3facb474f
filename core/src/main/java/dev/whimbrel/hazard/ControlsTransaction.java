package dev.whimbrel.hazard;

import java.util.Set;

/** {@code BEGIN}, {@code COMMIT} and their kin in a file. */
final class ControlsTransaction implements Rule {
  private static final String MESSAGE =
      "A revision and its row of the history commit together; a statement of the file must not end"
          + " or nest that transaction.";
  private static final String WAY =
      "Leave it out. What has to commit on its own goes into a revision of its own.";

  /** For a statement that is not run because of it. */
  Finding of(String revision, int statement) {
    return new Finding(code(), Severity.ERROR, revision, statement, "", MESSAGE, WAY, false);
  }

  @Override
  public String code() {
    return "W702";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    String first = seen.statement().words().isEmpty() ? "" : seen.statement().words().get(0);
    boolean prepared = seen.says("prepare", "transaction");
    if (Set.of("begin", "commit", "rollback", "abort", "end", "savepoint", "release")
            .contains(first)
        || prepared
        || seen.says("start", "transaction")) {
      bench.report(seen, "", Severity.ERROR, MESSAGE, WAY);
    }
  }
}
