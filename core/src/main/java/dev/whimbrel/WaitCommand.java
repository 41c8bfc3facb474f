package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.history.History;
import dev.whimbrel.plan.Gate;
import dev.whimbrel.plan.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code wait}: looks again and again until the database is where this code needs it. A database
 * that this code can't work with any more is not waited for.
 */
final class WaitCommand {
  private static final long PAUSE_MS = 500;
  private static final long REPORT_EVERY_MS = 10_000;

  private final Setup setup;
  private final Cancellation cancellation;
  private final Dialect dialect;
  private final Sources sources;

  WaitCommand(Setup setup, Cancellation cancellation) {
    this.setup = setup;
    this.cancellation = cancellation;
    this.dialect = setup.dialect();
    this.sources = Sources.read(setup, dialect);
  }

  /** What was seen; the database is null while it can't be reached. */
  private record Look(
      State state,
      List<String> current,
      Result.@Nullable Database database,
      @Nullable WhimbrelException failure) {
    boolean arrived() {
      return database != null && (state == State.IN_SYNC || state == State.AHEAD);
    }
  }

  Result.Waited run(Duration limit) {
    long start = System.nanoTime();
    long reported = -REPORT_EVERY_MS;
    while (true) {
      Look look = look();
      long waited = (System.nanoTime() - start) / 1_000_000;
      Result.Database database = look.database();
      if (database != null && look.arrived()) {
        Duration took = Duration.ofMillis(waited);
        return new Result.Waited(look.state(), database, look.current(), took);
      }
      if (!limit.isZero() && waited >= limit.toMillis()) {
        throw tooLate(look, waited);
      }
      if (waited - reported >= REPORT_EVERY_MS) {
        reported = waited;
        setup.tell(
            new Event.StillWaiting(
                look.state(), look.current(), sources.latest(), Duration.ofMillis(waited)));
      }
      cancellation.sleep(PAUSE_MS);
    }
  }

  private Look look() {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel wait")) {
      Looking.Seen seen = looking.see();
      History history = seen.history();
      Verdict verdict =
          new Gate(sources.graph()).decide("heads", history, seen.objects(), List.of());
      Problem contracted =
          verdict instanceof Verdict.Ahead
              ? new Refusals(setup).of(verdict, sources, looking)
              : null;
      if (contracted != null) {
        throw contracted.toException();
      }
      State state = Facts.state(verdict);
      boolean nothing = history.exists() && sources.latest().isEmpty();
      return new Look(nothing ? State.IN_SYNC : state, history.heads(), looking.database(), null);
    } catch (WhimbrelException e) {
      if (e.code() != ErrorCode.E_UNREACHABLE) {
        throw e;
      }
      return new Look(State.EMPTY, List.of(), null, e);
    }
  }

  private WhimbrelException tooLate(Look look, long waited) {
    if (look.failure() != null) {
      return look.failure();
    }
    return Problem.of(ErrorCode.E_CANCELLED, "gate.wait")
        .with("latest", words(sources.latest()))
        .with("current", words(look.current()))
        .with("state", look.state())
        .with("seconds", waited / 1000)
        .toException();
  }

  private static String words(List<String> ids) {
    return ids.isEmpty() ? "None" : String.join(", ", new ArrayList<>(ids));
  }
}
