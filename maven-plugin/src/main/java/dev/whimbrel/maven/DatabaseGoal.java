package dev.whimbrel.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that works with a database: it has every option of {@link dev.whimbrel.Options}. */
abstract class DatabaseGoal extends Goal {
  /** How long a statement may wait for a lock, such as 3s; 0 waits for ever. */
  @Parameter(property = "whimbrel.lockTimeout")
  private @Nullable String lockTimeout;

  /** How long a statement may run; 0 is no limit. */
  @Parameter(property = "whimbrel.statementTimeout")
  private @Nullable String statementTimeout;

  /** How long to wait for another deployer. */
  @Parameter(property = "whimbrel.lockWait")
  private @Nullable String lockWait;

  /** After which a run cancels itself; 0 is never. */
  @Parameter(property = "whimbrel.deadline")
  private @Nullable String deadline;

  /** How long to wait for a connection. */
  @Parameter(property = "whimbrel.connectTimeout")
  private @Nullable String connectTimeout;

  /** How often a batch is tried again after a lock timeout or a deadlock. */
  @Parameter(property = "whimbrel.retries")
  private @Nullable String retries;

  /** Refuse to deploy on drift. */
  @Parameter(property = "whimbrel.strict")
  private @Nullable String strict;

  /** The schema that holds the history. */
  @Parameter(property = "whimbrel.historySchema")
  private @Nullable String historySchema;

  /** The role that runs the revisions and owns what they create. */
  @Parameter(property = "whimbrel.role")
  private @Nullable String role;

  /** Who is named in the history. */
  @Parameter(property = "whimbrel.appliedBy")
  private @Nullable String appliedBy;

  /** The commit that is deployed. */
  @Parameter(property = "whimbrel.commit")
  private @Nullable String commit;

  /** The label kept in the database. */
  @Parameter(property = "whimbrel.environment")
  private @Nullable String environment;

  /** How long a statement may block users before a rehearsal calls it a finding. */
  @Parameter(property = "whimbrel.blockBudget")
  private @Nullable String blockBudget;

  /** The severity of findings from which a rehearsal fails. */
  @Parameter(property = "whimbrel.failOn")
  private @Nullable String failOn;

  /** The codes of findings that are accepted. */
  @Parameter(property = "whimbrel.accept")
  private @Nullable String accept;

  /** How long the checks of the target's rows may take. */
  @Parameter(property = "whimbrel.preflightLimit")
  private @Nullable String preflightLimit;

  /** What a shell runs before a revision that loses data. */
  @Parameter(property = "whimbrel.backupCommand")
  private @Nullable String backupCommand;

  /** How long the backup may take; 0 is no limit. */
  @Parameter(property = "whimbrel.backupTimeout")
  private @Nullable String backupTimeout;

  /** Refuse to lose data without a backup. */
  @Parameter(property = "whimbrel.requireBackup")
  private @Nullable String requireBackup;

  @Override
  List<String> own() {
    List<String> arguments = new ArrayList<>();
    option(arguments, "lock-timeout", lockTimeout);
    option(arguments, "statement-timeout", statementTimeout);
    option(arguments, "lock-wait", lockWait);
    option(arguments, "deadline", deadline);
    option(arguments, "connect-timeout", connectTimeout);
    option(arguments, "retries", retries);
    option(arguments, "strict", strict);
    option(arguments, "history-schema", historySchema);
    option(arguments, "role", role);
    option(arguments, "applied-by", appliedBy);
    option(arguments, "commit", commit);
    option(arguments, "environment", environment);
    option(arguments, "block-budget", blockBudget);
    option(arguments, "fail-on", failOn);
    option(arguments, "accept", accept);
    option(arguments, "preflight-limit", preflightLimit);
    option(arguments, "backup-command", backupCommand);
    option(arguments, "backup-timeout", backupTimeout);
    option(arguments, "require-backup", requireBackup);
    return arguments;
  }

  private static void option(List<String> arguments, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      arguments.add("--" + name + "=" + value);
    }
  }
}
