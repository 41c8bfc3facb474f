package dev.whimbrel;

import dev.whimbrel.apply.Applier;
import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.apply.Locked;
import dev.whimbrel.apply.Observer;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.history.History;
import dev.whimbrel.plan.Gate;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.Verdict;
import dev.whimbrel.revision.Revision;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code deploy}, {@code upgrade}, {@code downgrade} and {@code resume}: one run each. */
final class RunCommand {
  private final Setup setup;
  private final Cancellation cancellation;
  private final Dialect dialect;
  private final Sources sources;
  private final Refusals refusals;
  private final Intent intent;
  private final String run = Setup.newRun();
  private final Observed observer;

  RunCommand(Setup setup, Cancellation cancellation, Intent intent) {
    this.setup = setup;
    this.cancellation = cancellation;
    this.dialect = setup.dialect();
    this.sources = Sources.find(setup, dialect);
    this.refusals = new Refusals(setup);
    this.intent = intent;
    this.observer = new Observed(setup);
  }

  Result.Run run() {
    try (Looking looking = Looking.lazily(setup, dialect, "whimbrel " + run)) {
      Looking.Seen seen = see(looking);
      List<String> settled = seen.settled();
      if (settled != null) {
        return settled(looking, settled);
      }
      understand();
      setup.tell(new Event.VersionsFound(seen.history().heads(), sources.latest()));
      Verdict verdict = judge(looking, seen);
      return goesOn(verdict) || forgot(verdict, seen.history())
          ? locked(looking)
          : nothing(looking, seen.history(), verdict);
    }
  }

  /** What is wrong with the files is told before what is wrong with the way to the database. */
  private Looking.Seen see(Looking looking) {
    try {
      return mayBeSettled() ? looking.see(sources, intent.target()) : looking.see();
    } catch (WhimbrelException e) {
      understand();
      throw e;
    }
  }

  private void understand() {
    sources.warn(setup);
    Gate gate = new Gate(sources.graph());
    Verdict early = intent.up() ? gate.beforeConnecting(intent.target()) : null;
    if (early != null) {
      refuse(refusals.of(early, sources, null));
    }
  }

  private boolean mayBeSettled() {
    return intent.up() && !intent.resumeOnly() && !setup.options().strict();
  }

  /** The files and the database are as the last run left them. */
  private Result.Run settled(Looking looking, List<String> heads) {
    setup.tell(new Event.VersionsFound(heads, heads));
    setup.tell(new Event.UpToDate(heads));
    return new Result.Run(
        State.IN_SYNC,
        looking.database(),
        heads,
        heads,
        heads,
        List.of(),
        List.of(),
        true,
        List.of(),
        List.of(),
        List.of());
  }

  /** The verdict, unless it is a reason to refuse. */
  private Verdict judge(Looking looking, Looking.Seen seen) {
    List<String> drift = setup.options().strict() ? looking.drift(seen.history()) : List.of();
    String target = intent.up() ? intent.target() : "heads";
    Verdict verdict =
        new Gate(sources.graph()).decide(target, seen.history(), seen.objects(), drift);
    if (intent.up() || verdict instanceof Verdict.Untracked) {
      refuse(refusals.of(verdict, sources, looking));
    }
    return verdict;
  }

  private static void refuse(@Nullable Problem problem) {
    if (problem != null) {
      throw problem.toException();
    }
  }

  private boolean goesOn(Verdict verdict) {
    if (!intent.up()) {
      return !(verdict instanceof Verdict.Empty);
    }
    if (intent.resumeOnly()) {
      return verdict instanceof Verdict.Interrupted;
    }
    return switch (verdict) {
      case Verdict.Interrupted interrupted -> true;
      case Verdict.Empty(List<Revision> pending) -> !pending.isEmpty();
      case Verdict.Pending pending -> true;
      case Verdict.Drifted drifted -> false;
      case Verdict.InSync inSync -> false;
      case Verdict.Ahead ahead -> false;
      case Verdict.MultipleHeads heads -> false;
      case Verdict.Untracked untracked -> false;
      case Verdict.Diverged diverged -> false;
    };
  }

  /** A run was cut off between its last commit and remembering the schema it left. */
  private static boolean forgot(Verdict verdict, History history) {
    return verdict instanceof Verdict.InSync && !history.remembered();
  }

  /** Where the role may only look, there is nothing to compare with until a run changes it. */
  private void remember(Looking looking, History history) {
    try {
      new Bookkeeping(setup, looking).remember(history, sources);
    } catch (SQLException e) {
      setup.tell(new Event.Warning("The schema could not be remembered: " + e.getMessage()));
    }
  }

  private Result.Run nothing(Looking looking, History history, Verdict verdict) {
    if (intent.resumeOnly()) {
      throw Problem.of(ErrorCode.E_USAGE, "gate.nothing-unfinished").toException();
    }
    List<String> drift = List.of();
    if (verdict instanceof Verdict.Ahead) {
      setup.tell(new Event.Ahead(history.heads(), sources.latest()));
    } else {
      if (verdict instanceof Verdict.Drifted(List<String> differences)) {
        drift = differences;
        setup.tell(new Event.DriftFound(drift));
      }
      setup.tell(new Event.UpToDate(history.heads()));
    }
    return new Result.Run(
        Facts.state(verdict),
        looking.database(),
        history.heads(),
        history.heads(),
        sources.latest(),
        List.of(),
        List.of(),
        true,
        drift,
        sources.warnings(),
        List.of());
  }

  private Result.Run locked(Looking looking) {
    looking.close();
    try (Locked lock =
        Locked.take(
            dialect,
            looking.url(),
            looking.tables().home(),
            run,
            setup.limits(),
            observer,
            cancellation)) {
      return underLock(lock, dialect.sessions().workName(looking.tables().home(), run));
    } catch (SQLException e) {
      throw looking.failure(e);
    }
  }

  /** Its session has the name of a work session all the time, so that none is left unnoticed. */
  private Result.Run underLock(Locked lock, String name) throws SQLException {
    try (Looking looking = Looking.open(setup, dialect, name)) {
      lock.clearOrphans(
          dialect,
          looking.connection(),
          looking.tables().home(),
          setup.limits(),
          observer,
          cancellation);
      Looking.Seen seen = looking.see();
      Verdict verdict = judge(looking, seen);
      if (!goesOn(verdict)) {
        if (forgot(verdict, seen.history())) {
          remember(looking, seen.history());
        }
        return nothing(looking, seen.history(), verdict);
      }
      return work(looking, lock, seen.history(), verdict);
    }
  }

  private Result.Run work(Looking looking, Locked lock, History history, Verdict verdict)
      throws SQLException {
    Bookkeeping books = new Bookkeeping(setup, looking);
    Plan plan = new Plans(setup, sources, looking).of(intent, history);
    books.checkEnvironment(history);
    List<String> drift = looking.drift(history);
    if (!drift.isEmpty()) {
      refuse(refusals.drift(drift));
      setup.tell(new Event.DriftFound(drift));
    }
    if (plan.steps().isEmpty()) {
      return nothing(looking, history, verdict);
    }
    books.checkWritable();
    List<Result.Finding> findings =
        intent.checked()
            ? new Precheck(setup, looking).pass(plan, history, books.agreed(history, plan.steps()))
            : List.of();
    if (new Backup(setup, cancellation).before(looking, plan, history)) {
      lock.check();
    }
    List<Result.Revision> revisions = new ArrayList<>();
    plan.steps().forEach(step -> revisions.add(Observed.revision(step)));
    Event.Direction direction = plan.up() ? Event.Direction.UPGRADE : Event.Direction.DOWNGRADE;
    setup.tell(new Event.RunStarted(direction, history.heads(), plan.to(), revisions));
    long start = System.nanoTime();
    Bookkeeping.Baseline baseline = books.baseline(history, drift);
    books.prepare(history, plan.up() ? plan.steps() : List.of());
    List<Result.Applied> applied = apply(looking, lock, plan);
    History after = books.finish(plan, baseline, sources);
    setup.tell(new Event.Verified(after.heads()));
    setup.tell(
        new Event.RunFinished(
            direction, after.heads(), Duration.ofNanos(System.nanoTime() - start)));
    return new Result.Run(
        Facts.state(verdict),
        looking.database(),
        history.heads(),
        after.heads(),
        sources.latest(),
        revisions,
        applied,
        true,
        drift,
        sources.warnings(),
        findings);
  }

  private List<Result.Applied> apply(Looking looking, Locked lock, Plan plan) throws SQLException {
    String home = looking.tables().home();
    try (Applier applier =
        new Applier(
            dialect,
            looking.url(),
            looking.connection(),
            looking.tables(),
            setup.limits(),
            observer,
            cancellation,
            lock,
            run,
            dialect.sessions().workName(home, run),
            setup.options().role())) {
      List<Result.Applied> applied = new ArrayList<>();
      for (Observer.Applied one : applier.decided(intent.decision().outcome()).apply(plan)) {
        applied.add(Facts.applied(one));
      }
      return applied;
    }
  }
}
