package dev.whimbrel.hazard;

/** Another replica identity of an existing table. */
final class ChangesReplicaIdentity implements Rule {
  @Override
  public String code() {
    return "W413";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    if (!seen.says("alter", "table") || !seen.mentions("replica") || !seen.mentions("identity")) {
      return;
    }
    seen.locks().keySet().stream()
        .filter(oid -> Names.isTable(seen, oid) && seen.existing(oid))
        .findFirst()
        .ifPresent(table -> {
          boolean nothing = seen.mentions("nothing");
          bench.report(
              seen,
              table,
              nothing ? Severity.WARN : Severity.INFO,
              nothing
                  ? "Updates and deletes of %s fail as soon as a publication has it."
                      .formatted(seen.name(table))
                  : "Consumers of logical replication get other old values of %s from now on."
                      .formatted(seen.name(table)),
              "alter table %s replica identity default;  -- the primary key"
                  .formatted(seen.name(table)));
        });
  }
}
