package dev.whimbrel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a front end logs while a command works, in the order it happens.
 *
 * <p>Lists of revisions are ids in canonical order; an empty list is base, which people read as
 * {@code None}. Events come on the thread that runs the command.
 */
public sealed interface Event {

  /** The database's revisions and the files' heads are known. */
  record VersionsFound(List<String> current, List<String> latest) implements Event {}

  /** Nothing is to be done. */
  record UpToDate(List<String> current) implements Event {}

  /** The database is ahead of these files; nothing is done. */
  record Ahead(List<String> current, List<String> latest) implements Event {}

  /** There is something to do. */
  record RunStarted(
      Direction direction, List<String> from, List<String> to, List<Result.Revision> revisions)
      implements Event {}

  /** Everything was applied; {@code current} is where the database is now. */
  record RunFinished(Direction direction, List<String> current, Duration took) implements Event {}

  /** Revisions lose data, so the backup begins. */
  record BackupStarted(List<String> revisions) implements Event {}

  /** The backup's command ended well. */
  record BackupFinished(Duration took) implements Event {}

  /** A revision is about to be applied. */
  record RevisionStarted(
      Direction direction, Result.Revision revision, int number, int of, int statements)
      implements Event {}

  /** A revision and its row of the history are committed. */
  record RevisionFinished(Direction direction, Result.Applied applied, int number, int of)
      implements Event {}

  /** A statement is about to be sent; not sent where statements are applied in bulk. */
  record StatementStarted(String revision, int index, int of, String sql, boolean transactional)
      implements Event {}

  /** A statement is done; it may still be rolled back with its revision. */
  record StatementFinished(String revision, int index, int of, Duration took) implements Event {}

  /** An interrupted run is being finished. */
  record Resuming(String revision, int statement, String what) implements Event {}

  /** Another deployer holds the lock; repeated about every ten seconds. */
  record WaitingForLock(@Nullable Holder holder, Duration waited, Duration limit)
      implements Event {}

  /** A session of an earlier, dead run still works; it is waited for or ended. */
  record OrphanFound(Holder holder, boolean ended) implements Event {}

  /** A batch was rolled back and will be tried again. */
  record Retrying(
      String revision, int attempt, int of, Duration pause, String reason, List<Holder> blockedBy)
      implements Event {}

  /** The live schema is not what the last run left. */
  record DriftFound(List<String> differences) implements Event {}

  /** The history, and the schema where that can be told, equal the target. */
  record Verified(List<String> current) implements Event {}

  /** The rows of the history were set without running anything. */
  record Stamped(List<String> from, List<String> to) implements Event {}

  /** {@code wait} looked, and the database was not there yet. */
  record StillWaiting(State state, List<String> current, List<String> latest, Duration waited)
      implements Event {}

  /** A part of a longer work is done, such as the proof of a migration. */
  record Timed(String part, Duration took) implements Event {
    static Timed since(String part, long nanos) {
      return new Timed(part, Duration.ofNanos(System.nanoTime() - nanos));
    }
  }

  /** One line that deserves attention, such as a HEAD file out of step. */
  record Warning(String message) implements Event {}

  /** Which way a run goes. */
  enum Direction {
    UPGRADE,
    DOWNGRADE
  }

  /**
   * A session of the database.
   *
   * @param process the server's process id, or the operating system's where the engine has none
   * @param application what it calls itself
   * @param host where it comes from; null where the server does not tell
   * @param since when its transaction, or its work, began
   * @param query what it runs; empty where the role may not see it
   */
  record Holder(
      long process,
      String application,
      @Nullable String host,
      @Nullable Instant since,
      String query) {}
}
