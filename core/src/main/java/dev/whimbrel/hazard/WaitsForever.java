package dev.whimbrel.hazard;

import java.time.Duration;

/** A lock that is waited for without end. */
final class WaitsForever implements Rule {
  @Override
  public String code() {
    return "W703";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    String limit = seen.settings().getOrDefault("lock_timeout", "0");
    long milliseconds = Long.parseLong(limit);
    boolean ownWay = !seen.transactional() && seen.mentions("concurrently");
    if ((milliseconds > 0 && milliseconds <= 30_000) || ownWay) {
      return;
    }
    for (var lock : seen.locks().entrySet()) {
      if (lock.getValue().blocksWrites()
          && seen.existing(lock.getKey())
          && Names.isTable(seen, lock.getKey())) {
        bench.report(
            seen,
            lock.getKey(),
            Severity.WARN,
            "With lock_timeout %s it waits behind any long query on %s, and everybody else waits behind it."
                .formatted(
                    milliseconds == 0 ? "off" : Bench.people(Duration.ofMillis(milliseconds)),
                    seen.name(lock.getKey())),
            "set local lock_timeout = '3s';");
        return;
      }
    }
  }
}
