package dev.whimbrel.cli.command;

import dev.whimbrel.Whimbrel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends a running command cleanly when the process is told to stop. Thread-safe. */
public final class Interrupts {
  private static final long PATIENCE_SECONDS = 25;

  private final AtomicReference<@Nullable Whimbrel> running = new AtomicReference<>();
  private final CountDownLatch finished = new CountDownLatch(1);

  void running(Whimbrel whimbrel) {
    running.set(whimbrel);
  }

  /** The command is over; nothing is left to be cancelled. */
  public void finished() {
    running.set(null);
    finished.countDown();
  }

  /** Cancels what runs and waits until it has rolled back and told the journal. */
  public void stop() {
    Whimbrel whimbrel = running.get();
    if (whimbrel == null) {
      return;
    }
    whimbrel.cancel();
    try {
      finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
