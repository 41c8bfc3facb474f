package dev.whimbrel.apply;

import dev.whimbrel.apply.Observer.Applied;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.Failures.Meaning;
import dev.whimbrel.dialect.Transactions.Settings;
import dev.whimbrel.dialect.Witness.Outcome;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.history.JournalEntry;
import dev.whimbrel.history.JournalEntry.Event;
import dev.whimbrel.plan.Batch;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Applies a plan, one revision after the other, each with its row of the history in one transaction
 * where it fits in one. Not thread-safe.
 */
public final class Applier implements AutoCloseable {
  private static final long FIRST_PAUSE_MS = 200;
  private static final long LONGEST_PAUSE_MS = 10_000;
  private static final int SHOWN = 10;

  private final Dialect dialect;
  private final DatabaseUrl url;
  private final HistoryTables tables;
  private final Limits limits;
  private final Observer observer;
  private final Cancellation cancellation;
  private final Work work;
  private final Settings settings;
  private final List<String> opening;
  private final BlockerWatch watch;
  private final Guard guard;
  private final String run;
  private final Set<String> violations;
  private final List<String> done = new ArrayList<>();
  private Outcome decision = Outcome.UNKNOWN;
  private List<PlanStep> steps = List.of();
  private int at;

  /** Whether the transaction of the revision to come was begun with the end of the last one's. */
  private boolean begun;

  /**
   * @param work the session that changes the database; it stays the caller's
   * @param run the id of this run
   * @param application what the session calls itself
   * @param role who runs the revisions; empty for the login role
   * @param hold the lock under which the plan runs
   */
  public Applier(
      Dialect dialect,
      DatabaseUrl url,
      Connection work,
      HistoryTables tables,
      Limits limits,
      Observer observer,
      Cancellation cancellation,
      Hold hold,
      String run,
      String application,
      String role)
      throws SQLException {
    this.dialect = dialect;
    this.url = url;
    this.tables = tables;
    this.limits = limits;
    this.observer = observer;
    this.cancellation = cancellation;
    this.run = run;
    this.work = new Work(dialect, work, cancellation);
    this.violations = Set.copyOf(dialect.transactions().violations(work));
    List<String> extra = dialect.transactions().probe(work);
    this.settings =
        new Settings(limits.lockTimeout(), limits.statementTimeout(), role, application, extra);
    this.opening = dialect.transactions().begin(settings);
    this.watch = new BlockerWatch(dialect, url, limits, dialect.sessions().id(work));
    this.guard = new Guard(hold, work);
  }

  /**
   * What a person says about the statement at which an earlier run was cut off, for where nothing
   * else tells.
   */
  public Applier decided(Outcome newDecision) {
    decision = newDecision;
    return this;
  }

  /** Where a statement, or the bookkeeping, was when something happened. */
  private static final class Cursor {
    @Nullable Step step;
    boolean closing;
  }

  /**
   * Applies a plan.
   *
   * @throws WhimbrelException with what is done and what is not
   */
  public List<Applied> apply(Plan plan) {
    steps = plan.steps();
    List<Applied> applied = new ArrayList<>(steps.size());
    try {
      for (at = 0; at < steps.size(); at++) {
        PlanStep step = steps.get(at);
        observer.revisionStarted(step, at + 1, steps.size());
        Applied result = step.isAtomic() ? atomic(step) : inBatches(step);
        done.add(StatementFailure.describe(step));
        applied.add(result);
        observer.revisionFinished(result, at + 1, steps.size());
      }
      return applied;
    } finally {
      if (begun) {
        rollback();
      }
    }
  }

  private List<String> notDone() {
    return StatementFailure.remaining(steps, at);
  }

  private boolean rollback() {
    begun = false;
    return work.rollback();
  }

  private Applied atomic(PlanStep step) {
    long start = System.nanoTime();
    List<Step> statements = step.batches().isEmpty() ? List.of() : step.batches().get(0).steps();
    boolean ahead =
        dialect.capabilities().batches() && at + 1 < steps.size() && steps.get(at + 1).isAtomic();
    int retries = inTransaction(step, statements, closing(step), ahead);
    return new Applied(step, elapsed(start), statements.size(), retries);
  }

  /** What makes a revision part of the history, or of the past. */
  private List<String> closing(PlanStep step) {
    List<String> books =
        new ArrayList<>(step.up() ? tables.record(step.row()) : List.of(tables.delete(step.id())));
    Event event = step.up() ? Event.UPGRADED : Event.DOWNGRADED;
    books.add(tables.insert(entry(event, step, 0, step.detail())));
    return books;
  }

  private JournalEntry entry(Event event, PlanStep step, int statement, String detail) {
    return new JournalEntry(run, event, step.id(), statement, detail);
  }

  /**
   * Runs statements and bookkeeping in one transaction, again where that can help.
   *
   * @param ahead whether the next revision's transaction begins in the message that ends this one
   * @return how often it had to be tried again
   */
  private int inTransaction(
      PlanStep revision, List<Step> statements, List<String> bookkeeping, boolean ahead) {
    for (int attempt = 1; ; attempt++) {
      Cursor cursor = new Cursor();
      try {
        once(revision, statements, bookkeeping, ahead, cursor);
        return attempt - 1;
      } catch (SQLException e) {
        boolean alive = rollback();
        if (alive && ahead && cursor.closing && isRecorded(revision)) {
          return attempt - 1;
        }
        if (!alive || !mayRetry(e, attempt)) {
          if (alive && cursor.step == null) {
            guard.check();
          }
          throw failed(e, revision, cursor.step, attempt, alive);
        }
        pause(revision, attempt, e);
      } catch (WhimbrelException e) {
        throw stopped(e, revision);
      }
    }
  }

  /** Whether what failed was only the beginning of the next transaction. */
  private boolean isRecorded(PlanStep revision) {
    try {
      HistoryRow row = tables.row(work.connection(), revision.id());
      String checksum = row == null ? "" : row.revision().checksum();
      return checksum.equals(revision.up() ? revision.row().revision().checksum() : "");
    } catch (SQLException e) {
      return false;
    }
  }

  private void once(
      PlanStep revision,
      List<Step> statements,
      List<String> bookkeeping,
      boolean ahead,
      Cursor cursor)
      throws SQLException {
    if (!begun) {
      work.run(opening);
    }
    begun = false;
    if (!statements.isEmpty()) {
      set(revision, statements.get(0));
    }
    for (Step step : statements) {
      cursor.step = step;
      Duration own = step.lockTimeout();
      if (own != null) {
        work.run(work.transactions().lockTimeout(own));
      }
      statement(revision, step, true);
      if (own != null) {
        work.run(work.transactions().lockTimeout(limits.lockTimeout()));
      }
    }
    cursor.step = null;
    refuseViolations(revision);
    guard.beforeCommit();
    List<String> rest = new ArrayList<>(work.transactions().beforeBookkeeping());
    rest.addAll(guard.fence());
    rest.addAll(bookkeeping);
    rest.add("commit");
    if (ahead) {
      rest.addAll(opening);
    }
    cursor.closing = true;
    work.run(rest);
    begun = ahead;
  }

  /** Batches begin with a clean session: what earlier ones of the revision set holds again. */
  private boolean set(PlanStep revision, Step next) throws SQLException {
    boolean any = false;
    for (Step earlier : revision.before(next)) {
      if (work.transactions().isSetting(earlier.statement())) {
        work.run(earlier.statement());
        any = true;
      }
    }
    return any;
  }

  /** What was broken before the run is not this revision's fault. */
  private void refuseViolations(PlanStep revision) throws SQLException {
    List<String> broken = dialect.transactions().violations(work.connection());
    if (!violations.containsAll(broken)) {
      broken = new ArrayList<>(broken);
      broken.removeAll(violations);
      throw Problem.of(ErrorCode.E_STATEMENT, "apply.violations")
          .with("revision", revision.id())
          .with("rows", String.join("\n", broken.subList(0, Math.min(SHOWN, broken.size()))))
          .at(Place.of(revision.file()))
          .done(done)
          .notDone(notDone())
          .toException();
    }
  }

  private void statement(PlanStep revision, Step step, boolean transactional) throws SQLException {
    observer.statementStarted(revision, step, transactional);
    long start = System.nanoTime();
    watch.begin();
    try {
      observer.run(
          revision, step, transactional, work.connection(), () -> work.run(step.statement()));
    } finally {
      watch.end();
    }
    observer.statementFinished(revision, step, Duration.ofNanos(System.nanoTime() - start));
  }

  private boolean mayRetry(SQLException e, int attempt) {
    Meaning meaning = dialect.failures().meaning(e);
    return (meaning == Meaning.LOCK_TIMEOUT || meaning == Meaning.TRY_AGAIN)
        && attempt <= limits.retries()
        && cancellation.reason() == null;
  }

  private void pause(PlanStep revision, int attempt, SQLException e) {
    long base = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(attempt - 1, 10));
    long pause = base / 2 + ThreadLocalRandom.current().nextLong(base / 2 + 1);
    observer.retrying(
        revision,
        attempt,
        Duration.ofMillis(pause),
        dialect.failures().message(e),
        watch.blockers());
    cancellation.sleep(pause);
  }

  private WhimbrelException failed(
      SQLException e, PlanStep revision, @Nullable Step step, int attempts, boolean alive) {
    String reason = cancellation.reason();
    if (reason != null) {
      journal(alive, entry(Event.INTERRUPTED, revision, index(step), reason));
      return Stopped.cancelled(reason, done, notDone(), e);
    }
    String state = String.valueOf(e.getSQLState());
    journal(alive, entry(Event.FAILED, revision, index(step), state));
    return StatementFailure.of(
        dialect.failures(), e, revision, step, attempts, watch.blockers(), done, notDone());
  }

  private WhimbrelException stopped(WhimbrelException e, PlanStep revision) {
    boolean alive = rollback();
    String reason = cancellation.reason();
    if (reason == null) {
      return e;
    }
    journal(alive, entry(Event.INTERRUPTED, revision, 0, reason));
    return Stopped.cancelled(reason, done, notDone(), e);
  }

  private static int index(@Nullable Step step) {
    return step == null ? 0 : step.statement().index();
  }

  private void journal(boolean alive, JournalEntry entry) {
    if (!alive) {
      return;
    }
    try {
      work.runUncancelled(List.of(tables.insert(entry)));
    } catch (SQLException e) {
      // The journal explains; what was done is told by the history alone.
      return;
    }
  }

  private static long elapsed(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private Applied inBatches(PlanStep step) {
    long start = System.nanoTime();
    int[] retries = {0};
    Progress progress = progress(step);
    List<Batch> batches = step.batches();
    int statements = 0;
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = batches.get(i);
      statements += batch.steps().size();
      if (statements <= progress.done()) {
        continue;
      }
      boolean last = i == batches.size() - 1;
      if (batch.alone()) {
        retries[0] += alone(step, batch.steps().get(0), progress);
      } else {
        List<String> books = last ? closing(step) : List.of(tables.insert(doneEntry(step, batch)));
        retries[0] += inTransaction(step, batch.steps(), books, false);
      }
      for (Step one : batch.steps()) {
        progress.report(StatementFailure.describe(step, one), done);
      }
    }
    if (batches.get(batches.size() - 1).alone()) {
      inTransaction(step, List.of(), closing(step), false);
    }
    progress.clear(done);
    return new Applied(step, elapsed(start), statements, retries[0]);
  }

  private JournalEntry doneEntry(PlanStep step, Batch batch) {
    Step last = batch.steps().get(batch.steps().size() - 1);
    return entry(
        Event.STATEMENT_DONE, step, last.statement().index(), Progress.mark(dialect, step, last));
  }

  /** Reads where an earlier run was cut off, or writes down that this one begins. */
  private Progress progress(PlanStep step) {
    try {
      dialect.transactions().checkAlone(url, work.connection(), limits.connectTimeout());
      List<JournalEntry> journal = List.of();
      if (Progress.isUnfinished(tables.read(work.connection()), step)) {
        journal = tables.journal(work.connection(), step.id());
      }
      if (journal.isEmpty()) {
        Event begin = step.up() ? Event.BEGIN : Event.BEGIN_DOWN;
        work.run(tables.insert(entry(begin, step, 0, step.row().revision().checksum())));
        return Progress.fresh();
      }
      Progress progress = Progress.of(dialect, step, journal);
      observer.resuming(step, progress.done() + 1, progress.describe());
      return progress;
    } catch (SQLException e) {
      throw failed(e, step, null, 1, rollback());
    }
  }

  /** Runs one statement outside a transaction, with the journal before and after it. */
  private int alone(PlanStep revision, Step step, Progress progress) {
    for (int attempt = 1; ; attempt++) {
      Cursor cursor = new Cursor();
      try {
        guard.check();
        runAlone(revision, step, progress, cursor);
        work.run(tables.insert(doneEntry(revision, new Batch(List.of(step), true))));
        return attempt - 1;
      } catch (SQLException e) {
        boolean alive = rollback();
        if (!alive || !mayRetry(e, attempt)) {
          throw failed(e, revision, cursor.step, attempt, alive);
        }
        pause(revision, attempt, e);
      } catch (WhimbrelException e) {
        throw stopped(e, revision);
      }
    }
  }

  /** Runs it, unless it is done, in a session that is set as the revision has set it so far. */
  private void runAlone(PlanStep revision, Step step, Progress progress, Cursor cursor)
      throws SQLException {
    boolean fine = false;
    try {
      boolean set = prepareAlone(revision, step);
      String remembered = progress.remembered(step);
      if (remembered == null || !isDone(revision, step, remembered)) {
        String now = dialect.witness().before(work.connection(), step.statement());
        progress.sent(step, now);
        int index = step.statement().index();
        String entry = tables.insert(entry(Event.STATEMENT_BEGIN, revision, index, now));
        work.run(set ? work.transactions().aside(entry) : List.of(entry));
        cursor.step = step;
        statement(revision, step, false);
        cursor.step = null;
      }
      fine = true;
    } finally {
      if (fine || rollback()) {
        work.runUncancelled(work.transactions().afterAlone());
      }
    }
  }

  /** Whether the session is now another's, or otherwise set by the revision. */
  private boolean prepareAlone(PlanStep revision, Step step) throws SQLException {
    Duration own = step.lockTimeout();
    Settings mine =
        own == null
            ? settings
            : new Settings(
                own,
                settings.statementTimeout(),
                settings.role(),
                settings.application(),
                settings.extra());
    for (String setting : work.transactions().beforeAlone(mine, own != null, step.statement())) {
      work.run(setting);
    }
    return set(revision, step) || !settings.role().isEmpty();
  }

  private boolean isDone(PlanStep revision, Step step, String remembered) throws SQLException {
    return switch (dialect.witness().after(work.connection(), step.statement(), remembered)) {
      case DONE -> true;
      case NOT_DONE -> false;
      case UNKNOWN -> {
        if (decision == Outcome.UNKNOWN) {
          throw Stopped.unknown(revision, step);
        }
        boolean itIs = decision == Outcome.DONE;
        decision = Outcome.UNKNOWN;
        yield itIs;
      }
    };
  }

  @Override
  public void close() {
    watch.close();
  }
}
