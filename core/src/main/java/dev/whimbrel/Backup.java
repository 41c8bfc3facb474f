package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.history.History;
import dev.whimbrel.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The backup that stands before a revision that loses data. */
final class Backup {
  /** More than this on stdout is no message but a backup that nobody keeps. */
  private static final long MOST_PRINTED = 64 * 1024;

  private static final int SHORTEST_SECRET = 3;
  private static final int NOT_FOUND = 127;

  private final Setup setup;
  private final Cancellation cancellation;

  Backup(Setup setup, Cancellation cancellation) {
    this.setup = setup;
    this.cancellation = cancellation;
  }

  /**
   * Runs the command if the plan loses data.
   *
   * @return whether it ran
   * @throws dev.whimbrel.error.WhimbrelException E_BACKUP when it fails, or one is required and
   *     there is none
   */
  boolean before(Looking looking, Plan plan, History history) {
    String command = setup.options().backupCommand();
    if (command.isBlank() && !setup.options().requireBackup()) {
      return false;
    }
    List<String> losing = new Losses(setup, cancellation).of(looking, plan, history);
    if (losing.isEmpty()) {
      return false;
    }
    if (command.isBlank()) {
      throw Problem.of(ErrorCode.E_BACKUP, "backup.required")
          .with("revisions", String.join(", ", losing))
          .toException();
    }
    setup.tell(new Event.BackupStarted(losing));
    long start = System.nanoTime();
    run(command, looking.url(), variables(looking.url(), plan, losing));
    setup.tell(new Event.BackupFinished(Duration.ofNanos(System.nanoTime() - start)));
    return true;
  }

  private static Map<String, String> variables(DatabaseUrl url, Plan plan, List<String> losing) {
    Map<String, String> variables = new TreeMap<>(url.variables());
    variables.put("WHIMBREL_REVISION", losing.getFirst());
    variables.put("WHIMBREL_FROM", plan.from().isEmpty() ? "base" : String.join("_", plan.from()));
    return variables;
  }

  private void run(String command, DatabaseUrl url, Map<String, String> variables) {
    Shell.Ended ended;
    try {
      ended = Shell.run(command, variables, setup.options().backupTimeout(), cancellation);
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_BACKUP, "backup.unstartable")
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
    String key =
        switch (ended.exit()) {
          case 0 -> isDump(ended) ? "backup.printed" : "";
          case -1 -> "backup.timeout";
          case NOT_FOUND -> "backup.missing";
          default -> "backup.failed";
        };
    if (!key.isEmpty()) {
      throw Problem.of(ErrorCode.E_BACKUP, key)
          .with("exit", ended.exit())
          .with("seconds", setup.options().backupTimeout().toSeconds())
          .with("output", output(ended, url))
          .toException();
    }
  }

  /** A dump on stdout ends here, and would be lost. */
  private static boolean isDump(Shell.Ended ended) {
    return ended.bytes() > MOST_PRINTED
        || ended.printed().startsWith("PGDMP")
        || ended.printed().contains("-- PostgreSQL database dump")
        || ended.printed().startsWith("PRAGMA foreign_keys=OFF;");
  }

  /** What it said, without the password, indented. */
  private static String output(Shell.Ended ended, DatabaseUrl url) {
    String output = ended.output();
    String password = url.password();
    if (password != null && password.length() >= SHORTEST_SECRET) {
      output = output.replace(password, "***");
    }
    return output.isEmpty() ? "(it printed nothing)" : output.replace("\n", "\n  ");
  }
}
