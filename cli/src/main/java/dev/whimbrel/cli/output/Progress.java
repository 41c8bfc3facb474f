package dev.whimbrel.cli.output;

import dev.whimbrel.Event;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on the terminal for a run that lasts; it appears after a second. */
final class Progress {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int WIDTH = 79;

  private final PrintStream terminal;
  private final int revisions;
  private final long began = System.nanoTime();
  private @Nullable ProgressBar bar;

  private Progress(PrintStream terminal, int revisions) {
    this.terminal = terminal;
    this.revisions = revisions;
  }

  /** The progress after an event: begun, moved on, ended or none. */
  static @Nullable Progress after(Event event, @Nullable Progress progress, PrintStream terminal) {
    if (event instanceof Event.RunStarted started) {
      return new Progress(terminal, started.revisions().size());
    }
    if (progress == null) {
      return null;
    }
    if (event instanceof Event.RunFinished) {
      progress.close();
      return null;
    }
    if (event instanceof Event.RevisionFinished finished) {
      progress.at(finished.number());
    }
    return progress;
  }

  private void at(int number) {
    if (bar == null && number < revisions && System.nanoTime() - began > PATIENCE_NANOS) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("Migrating")
              .setInitialMax(revisions)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new Line(terminal))
              .build();
    }
    if (bar != null) {
      bar.stepTo(number);
    }
  }

  /** Clears the bar's line for another one; the bar comes back with its next step. */
  void makeRoom() {
    if (bar != null) {
      terminal.print("\r\u001b[K");
      terminal.flush();
    }
  }

  void close() {
    if (bar != null) {
      bar.close();
      makeRoom();
      bar = null;
    }
  }

  /** One line of the terminal that is written again and again. */
  private record Line(PrintStream terminal) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String rendered) {
      terminal.print("\r" + rendered);
      terminal.flush();
    }

    @Override
    public void close() {}
  }
}
