package dev.whimbrel.spring;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the database was last seen to be; asked again when that is too long ago. Safe for use by
 * several threads.
 */
final class Observation {
  private final Whimbrel whimbrel;
  private final Duration interval;
  private final LongSupplier nanos;
  private @Nullable Seen last;
  private long at;

  /**
   * Of one database.
   *
   * @param interval how long an answer is used again; zero to ask every time
   * @param nanos a clock as {@link System#nanoTime}
   */
  Observation(Whimbrel whimbrel, Duration interval, LongSupplier nanos) {
    this.whimbrel = whimbrel;
    this.interval = interval;
    this.nanos = nanos;
  }

  /**
   * One look at the database.
   *
   * @param status null when it could not be looked at
   * @param problem why it is not fit; null when it is
   */
  record Seen(Result.@Nullable Status status, @Nullable Problem problem) {
    boolean isFit() {
      return problem == null && status != null && !WhimbrelGate.isBehind(status);
    }

    /** State, versions and what is wrong, for people who look at an endpoint. */
    Map<String, Object> details() {
      Map<String, Object> details = new LinkedHashMap<>();
      if (status != null) {
        details.put("state", status.state().name());
        details.put("current", status.current());
        details.put("latest", status.latest());
        List<String> pending = status.pending().stream().map(Result.Revision::revision).toList();
        if (!pending.isEmpty()) {
          details.put("pending", pending);
        }
      }
      if (problem != null) {
        details.put("code", problem.code().name());
        details.put("problem", problem.problem());
        details.put("remedy", problem.remedy());
      }
      return details;
    }
  }

  synchronized Seen seen() {
    long now = nanos.getAsLong();
    Seen known = last;
    if (known == null || interval.isZero() || now - at >= interval.toNanos()) {
      known = look();
      last = known;
      at = now;
    }
    return known;
  }

  private Seen look() {
    try {
      Result.Status status = whimbrel.status(false);
      return new Seen(status, status.refusal());
    } catch (WhimbrelException e) {
      return new Seen(null, e.problem());
    }
  }
}
