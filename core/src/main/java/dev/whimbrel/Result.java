package dev.whimbrel;

import dev.whimbrel.error.Problem;
import dev.whimbrel.history.AppliedRevision;
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
   * @param phase {@code expand}, {@code contract}, {@code repeatable}, or empty
   */
  record Revision(
      String revision,
      List<String> revises,
      String message,
      @Nullable String file,
      String phase,
      @Nullable Instant created,
      List<String> labels,
      List<String> depends) {
    /** Whether it has no place in the line and runs again whenever it has changed. */
    public boolean isRepeatable() {
      return phase.equals(AppliedRevision.REPEATABLE);
    }
  }

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
   * @param findings that {@code deploy} had and that were no reason to refuse
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
      List<String> warnings,
      List<Finding> findings)
      implements Result {}

  /**
   * What {@code deploy} would do, rehearsed.
   *
   * @param status what was found
   * @param rehearsed whether the pending revisions ran on a scratch database; false when nothing is
   *     pending or {@code deploy} would refuse
   * @param target what is known of the target; null when nothing was rehearsed
   * @param statements what ran there, in order, up to the failure
   * @param findings of rules and preflight, in the order of the statements
   * @param preflight what the revisions ask of the target's rows
   * @param reversible whether going down and up again went well; null when it was not tried
   * @param leavesSchemaEqualTo what the schema afterwards equals: {@code schema.sql}; null when it
   *     equals nothing that is known
   * @param notes what the rehearsal could not do, and why
   * @param failure how it failed there; null when all went well
   * @param blocking the findings for which {@code deploy} would refuse
   * @param schema before the first statement and after the last
   */
  record Simulation(
      Status status,
      boolean rehearsed,
      @Nullable Target target,
      List<Statement> statements,
      List<Finding> findings,
      List<Preflight> preflight,
      @Nullable Boolean reversible,
      @Nullable String leavesSchemaEqualTo,
      List<String> notes,
      @Nullable Problem failure,
      List<Finding> blocking,
      Outline.Change schema)
      implements Result {
    @Override
    public int exit() {
      if (failure != null || !blocking.isEmpty()) {
        return 11;
      }
      return status.exit();
    }
  }

  /**
   * What is known of a target.
   *
   * @param oldestTransactionMs age of the oldest transaction that others have open
   * @param tables those that the revisions touch
   * @param estimateError the factor by which an estimate may be wrong, either way
   */
  record Target(
      long oldestTransactionMs,
      int replicas,
      int slots,
      int freeConnections,
      List<Table> tables,
      List<String> notOwned,
      double estimateError) {}

  /** A table of the target; rows and writes are the server's estimates. */
  record Table(String relation, long rows, long bytes, long indexBytes, double writesPerSecond) {}

  /**
   * A statement of a rehearsal.
   *
   * @param index 1-based within its revision
   * @param locks new ones on relations that were there before
   * @param rewrites relations that got another file
   * @param scans tables all of whose rows were read
   * @param indexBuilds indexes that were built on tables that were there before
   * @param triggers functions that ran
   * @param walBytes write-ahead log written on the scratch server
   * @param estimatedBlockMs how long others would wait on the target, 0 when nobody would
   * @param estimatedMs how long the statement itself would take on the target, 0 when not known
   * @param transaction number of the transaction, which holds the locks until its last statement; 0
   *     for a statement that runs outside
   */
  record Statement(
      String revision,
      int index,
      String sql,
      long ms,
      boolean transactional,
      List<Lock> locks,
      List<String> rewrites,
      List<String> scans,
      List<String> indexBuilds,
      List<String> triggers,
      long walBytes,
      long estimatedBlockMs,
      long estimatedMs,
      int transaction) {}

  /**
   * A lock.
   *
   * @param mode such as {@code AccessExclusive}
   * @param blocks {@code read}, {@code write}, both or nothing
   */
  record Lock(String relation, String mode, List<String> blocks) {}

  /**
   * Something a rule or the preflight saw.
   *
   * @param severity {@code info}, {@code warn} or {@code error}
   * @param statement 1-based within its revision
   * @param file where the statement stands, as the user would write it; null when it has no file
   * @param line 1-based line of the statement, 0 when it is not known
   * @param allowed whether the file or the caller accepts it
   */
  record Finding(
      String code,
      String severity,
      String revision,
      int statement,
      String relation,
      String message,
      String saferWay,
      @Nullable String file,
      int line,
      boolean allowed) {}

  /**
   * Rows of the target that are in the way.
   *
   * @param violations how many; -1 where they could not be counted
   * @param examples up to three, by key
   * @param note why the count is not the last word; empty when it is
   */
  record Preflight(
      String revision,
      int statement,
      String check,
      String relation,
      List<String> columns,
      long violations,
      List<String> examples,
      String note) {}

  /**
   * What the rules say to files alone.
   *
   * @param statements what was run on a scratch database
   * @param failure how a revision failed there; null when none did
   * @param schema before the first statement and after the last
   */
  record Lint(
      List<Revision> revisions,
      List<Statement> statements,
      List<Finding> findings,
      List<String> notes,
      @Nullable Problem failure,
      List<Finding> blocking,
      Outline.Change schema)
      implements Result {
    @Override
    public int exit() {
      return failure != null || !blocking.isEmpty() ? 11 : 0;
    }
  }

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

  /**
   * A migration that was generated.
   *
   * @param changes what changes, in order; none when nothing does
   * @param summary such as {@code +2 columns, -1 check}
   * @param upgrade the SQL there
   * @param downgrade the SQL back
   * @param written the revision; null when none was written
   * @param proven whether it ran up, down and up again on a scratch database
   * @param renames what may be one thing renamed, as {@code --rename} takes it
   * @param unmodelled what the models have and no migration can express
   * @param kept what only the revisions made and the models do not decide about: tables, and
   *     indexes and constraints of the models' tables
   * @param note a word on where the changes may come from; empty for none
   */
  record Migration(
      List<Change> changes,
      String summary,
      String upgrade,
      String downgrade,
      @Nullable Written written,
      boolean proven,
      List<String> renames,
      List<String> unmodelled,
      List<String> kept,
      String note,
      int exit,
      List<Finding> findings)
      implements Result {
    Migration with(List<Finding> found) {
      return new Migration(
          changes,
          summary,
          upgrade,
          downgrade,
          written,
          proven,
          renames,
          unmodelled,
          kept,
          note,
          exit,
          found);
    }
  }

  /**
   * One difference between two schemas.
   *
   * @param kind such as {@code AddColumn}
   * @param object such as {@code public.users.phone}
   * @param sql its statements; none where another change brings it along
   * @param losesData whether the way back cannot restore everything
   */
  record Change(String kind, String object, List<String> sql, boolean losesData) {}

  /** A script to run by hand, bookkeeping included. */
  record Script(String sql) implements Result {}

  /**
   * Where an untracked database stands.
   *
   * @param candidates revisions that were compared with it, the nearest first; of equal ones the
   *     newest
   * @param compared how many
   */
  record Located(Database database, List<Candidate> candidates, int compared) implements Result {
    @Override
    public int exit() {
      return candidates.getFirst().equal() ? 0 : 6;
    }
  }

  /**
   * A revision that a database may be at.
   *
   * @param revisions one, or all heads
   * @param message of the last
   * @param differences what the database has beyond ({@code +}), lacks ({@code -}) or has otherwise
   * @param strange objects that no revision makes; they do not count as differences
   */
  record Candidate(
      List<String> revisions, String message, List<String> differences, List<String> strange) {
    /** Whether the database has exactly its schema. */
    public boolean equal() {
      return differences.isEmpty();
    }
  }

  /** The history was set without running anything. */
  record Stamp(Database database, List<String> from, List<String> to) implements Result {}

  /**
   * What {@code verify} checked.
   *
   * @param database null when only files were checked
   * @param revisions how many files
   * @param problems everything that is wrong, not only the first; empty when all is well
   * @param drift what differs from what the last run left
   * @param traces who changed it, as far as the database tells
   */
  record Verification(
      @Nullable Database database,
      int revisions,
      List<String> heads,
      List<Problem> problems,
      List<String> drift,
      List<Trace> traces)
      implements Result {
    @Override
    public int exit() {
      return !problems.isEmpty() ? problems.get(0).code().exit() : drift.isEmpty() ? 0 : 7;
    }
  }

  /** Who changed a line of the drift; empty, or null, is what the database does not tell. */
  record Trace(
      String change, String by, String owner, @Nullable Instant at, String app, String command) {}

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
