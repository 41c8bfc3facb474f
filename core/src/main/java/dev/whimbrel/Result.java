package dev.whimbrel;

import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command gives back. Lists of revisions are ids in canonical order; an empty list is base.
 */
public sealed interface Result {

  /** The exit code of a front end that ends with this result. */
  default int exit() {
    return 0;
  }

  /**
   * A database as people are shown it.
   *
   * @param engine name and version, such as {@code postgresql 15.18}
   * @param url without a password
   */
  record Database(String engine, String url) {}

  /**
   * One revision.
   *
   * @param file as the user would write it; null when it is known from the database alone
   * @param phase {@code expand}, {@code contract}, or empty
   */
  record Revision(
      String revision,
      List<String> revises,
      String message,
      @Nullable String file,
      String phase,
      @Nullable Instant created,
      List<String> labels,
      List<String> depends) {}

  /** A revision that was applied, or taken back, by a run. */
  record Applied(String revision, long ms, int statements, int retries) {}

  /**
   * Where a database is.
   *
   * @param pending what {@code deploy} would apply, in order
   * @param unknown applied revisions that have no file here
   * @param drift what differs from what the last run left; empty when it was not looked for
   * @param warnings such as a HEAD file out of step
   * @param refusal what {@code deploy} would say instead of doing anything; null when it would go
   *     on
   */
  record Status(
      State state,
      Database database,
      List<String> current,
      List<String> latest,
      List<Revision> pending,
      List<Revision> unknown,
      List<String> drift,
      List<String> warnings,
      @Nullable Problem refusal)
      implements Result {
    @Override
    public int exit() {
      return refusal == null ? 0 : refusal.code().exit();
    }
  }

  /**
   * What {@code deploy}, {@code upgrade}, {@code downgrade} or {@code resume} did.
   *
   * @param state what was found before
   * @param current where the database is now
   * @param verified that this was checked
   */
  record Run(
      State state,
      Database database,
      List<String> from,
      List<String> current,
      List<String> latest,
      List<Revision> pending,
      List<Applied> applied,
      boolean verified,
      List<String> drift,
      List<String> warnings)
      implements Result {}

  /**
   * What {@code deploy} would do, rehearsed.
   *
   * @param status what was found
   * @param rehearsed whether the pending revisions ran on a scratch database; false when nothing is
   *     pending or {@code deploy} would refuse
   * @param statements what ran there, in order, up to the failure
   * @param failure how it failed there; null when all went well
   */
  record Simulation(
      Status status, boolean rehearsed, List<Statement> statements, @Nullable Problem failure)
      implements Result {
    @Override
    public int exit() {
      return failure != null ? failure.code().exit() : status.exit();
    }
  }

  /**
   * A statement of a rehearsal.
   *
   * @param index 1-based within its revision
   */
  record Statement(String revision, int index, String sql, long ms, boolean transactional) {}

  /** Where the database is, with what is known of those revisions. */
  record Current(Database database, List<Revision> current, List<String> latest)
      implements Result {}

  /** A list of revisions, newest first. */
  record Listing(List<Entry> revisions) implements Result {}

  /**
   * A revision in its place.
   *
   * @param children ids of the revisions that revise it
   * @param effectiveHead whether no other revision revises or depends on it
   * @param applied what the database knows about it; null when it isn't applied or no database was
   *     asked
   * @param current whether the database stands on it
   * @param upgrade the SQL; empty in lists
   * @param downgrade the SQL; null in lists and when there is none
   */
  record Entry(
      Revision revision,
      List<String> children,
      boolean head,
      boolean effectiveHead,
      boolean branchPoint,
      boolean mergePoint,
      boolean current,
      @Nullable History applied,
      String upgrade,
      @Nullable String downgrade)
      implements Result {}

  /** What a database recorded about one applied revision. */
  record History(
      String checksum,
      Instant appliedAt,
      String appliedBy,
      long ms,
      String toolVersion,
      String commit) {}

  /** A revision file that was written, or is to be edited. */
  record Written(Revision revision, Path path) implements Result {}

  /** A script to run by hand, bookkeeping included. */
  record Script(String sql) implements Result {}

  /** The history was set without running anything. */
  record Stamp(Database database, List<String> from, List<String> to) implements Result {}

  /**
   * What {@code verify} checked.
   *
   * @param database null when only files were checked
   * @param revisions how many files
   * @param problems everything that is wrong, not only the first; empty when all is well
   * @param drift what differs from what the last run left
   */
  record Verification(
      @Nullable Database database,
      int revisions,
      List<String> heads,
      List<Problem> problems,
      List<String> drift)
      implements Result {
    @Override
    public int exit() {
      return !problems.isEmpty() ? problems.get(0).code().exit() : drift.isEmpty() ? 0 : 7;
    }
  }

  /** What {@code doctor} found. */
  record Diagnosis(@Nullable Database database, List<Check> checks) implements Result {
    @Override
    public int exit() {
      for (Check check : checks) {
        if (check.problem() != null) {
          return check.problem().code().exit();
        }
      }
      return 0;
    }
  }

  /**
   * One finding of {@code doctor}.
   *
   * @param name such as {@code pooler}
   * @param value what was found, in one line
   * @param advice what to do about it; empty when all is well
   * @param problem why nothing works; null when it is good, or only worth a word
   */
  record Check(String name, String value, String advice, @Nullable Problem problem) {}

  /** The database has arrived at the revision of the files, or ahead of it. */
  record Waited(State state, Database database, List<String> current, Duration took)
      implements Result {}

  /**
   * What was brought over from another tool, or would be.
   *
   * @param tool its name for people
   * @param database null when none was looked at
   * @param revisions all of its migrations, parents first
   * @param heads of these revisions alone
   * @param written the files that were written now
   * @param missing ids that were no files before
   * @param table the other tool's own table; empty when none was found
   * @param current where that table says the database is
   * @param checksums how many of its checksums were compared and are equal
   * @param proven whether the applied revisions, run on scratch, gave the database's schema
   * @param recorded whether our history has the applied revisions now
   * @param adopted whether that was written now
   * @param dryRun whether nothing was written
   * @param problems why nothing is written; empty when all is well
   */
  record Imported(
      String tool,
      @Nullable Database database,
      List<Revision> revisions,
      List<String> heads,
      List<Path> written,
      List<String> missing,
      String table,
      List<String> current,
      int checksums,
      boolean proven,
      boolean recorded,
      boolean adopted,
      boolean dryRun,
      List<String> notes,
      List<Problem> problems)
      implements Result {
    public Imported {
      notes = List.copyOf(notes);
      problems = List.copyOf(problems);
    }

    @Override
    public int exit() {
      return problems.isEmpty() ? 0 : problems.get(0).code().exit();
    }
  }
}
