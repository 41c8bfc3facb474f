package dev.whimbrel.revision;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Waits for work of another thread that ends soon in any case. */
public final class Tasks {
  private Tasks() {}

  /**
   * The result, or the failure, as if the work had been done here; an interruption is kept for
   * later.
   */
  public static <T extends @Nullable Object> T result(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException problem
          ? problem
          : new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
