package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command of the user in a shell, with its output kept up to a limit. */
final class Shell {
  private static final int KEPT = 8 * 1024;
  private static final long POLL_MS = 50;
  private static final long GRACE_MS = 3000;

  /** Variables that would lead a program to another server than the ones it is given. */
  private static final List<String> MISLEADING = List.of("PGHOSTADDR", "PGSERVICE");

  private Shell() {}

  /**
   * How a command ended.
   *
   * @param exit its code; -1 when it took too long and was ended
   * @param output its last output, both streams, in the order in which it came
   * @param printed the beginning of what it printed to stdout
   * @param bytes how much that was
   */
  record Ended(int exit, String output, String printed, long bytes) {}

  /**
   * Runs a command with these variables added to its environment, and nothing to read.
   *
   * @param limit after which it is ended; zero is never
   * @throws IOException if it cannot be started
   * @throws dev.whimbrel.error.WhimbrelException E_CANCELLED; the command was ended
   */
  static Ended run(
      String command, Map<String, String> variables, Duration limit, Cancellation cancellation)
      throws IOException {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    ProcessBuilder builder =
        windows
            ? new ProcessBuilder("cmd", "/c", command)
            : new ProcessBuilder("/bin/sh", "-c", command);
    MISLEADING.forEach(builder.environment()::remove);
    builder.environment().putAll(variables);
    Process process = builder.start();
    Tail both = new Tail();
    Tail printed = new Tail();
    try {
      process.getOutputStream().close();
      Thread out = reader(process.getInputStream(), both, printed);
      Thread err = reader(process.getErrorStream(), both, new Tail());
      boolean inTime = waitFor(process, limit, cancellation);
      join(out);
      join(err);
      return new Ended(
          inTime ? process.exitValue() : -1, both.last(), printed.first(), printed.bytes());
    } finally {
      end(process);
    }
  }

  private static boolean waitFor(Process process, Duration limit, Cancellation cancellation) {
    long start = System.nanoTime();
    while (process.isAlive()) {
      if (!limit.isZero() && System.nanoTime() - start > limit.toNanos()) {
        end(process);
        return false;
      }
      cancellation.sleep(POLL_MS);
    }
    return true;
  }

  /** Ends a command and what it started: politely, then not. */
  private static void end(Process process) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.removeIf(each -> !each.isAlive());
    all.forEach(ProcessHandle::destroy);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
    for (ProcessHandle each : all) {
      try {
        each.onExit().get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        each.destroyForcibly();
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        each.destroyForcibly();
      }
    }
  }

  private static Thread reader(InputStream from, Tail both, Tail own) {
    Thread thread = new Thread(() -> read(from, both, own), "whimbrel-output");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void read(InputStream from, Tail both, Tail own) {
    byte[] buffer = new byte[8192];
    try (from) {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        both.add(buffer, count);
        own.add(buffer, count);
      }
    } catch (IOException e) {
      // The command was ended, and with it its output.
      return;
    }
  }

  /** Something that the command left behind may hold its output open for ever. */
  private static void join(Thread thread) {
    try {
      thread.join(GRACE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The beginning and the end of a stream of bytes; thread-safe. */
  private static final class Tail {
    private final StringBuilder first = new StringBuilder();
    private final StringBuilder last = new StringBuilder();
    private long bytes;

    synchronized void add(byte[] buffer, int count) {
      String text = new String(buffer, 0, count, StandardCharsets.UTF_8);
      bytes += count;
      if (first.length() < KEPT) {
        first.append(text, 0, Math.min(text.length(), KEPT - first.length()));
      }
      last.append(text);
      if (last.length() > KEPT) {
        last.delete(0, last.length() - KEPT);
      }
    }

    synchronized String first() {
      return first.toString();
    }

    synchronized String last() {
      return last.toString().strip();
    }

    synchronized long bytes() {
      return bytes;
    }
  }
}
