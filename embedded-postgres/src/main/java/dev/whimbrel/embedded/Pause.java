package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;

/** A short wait between two looks at something another process changes. */
final class Pause {
  private Pause() {}

  /** Sleeps; an interrupted thread gets {@code E_CANCELLED} and keeps its flag. */
  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(ErrorCode.E_CANCELLED, "embedded.interrupted").toException(e);
    }
  }
}
