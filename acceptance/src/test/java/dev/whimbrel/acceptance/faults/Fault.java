package dev.whimbrel.acceptance.faults;

import dev.whimbrel.acceptance.faults.CutProxy.Moment;

/**
 * One thing that goes wrong.
 *
 * @param point the number of the message at which it does
 */
record Fault(Kind kind, Moment moment, int point) {
  /** What goes wrong. */
  enum Kind {
    /** All connections break, and both sides know. */
    CUT("connections cut", false),
    /** The one connection breaks; the deployer's other one lives on. */
    CUT_ONE("one connection cut", false),
    /** The deployer's host vanishes: the server keeps the session and its locks. */
    VANISH("host vanished", false),
    /** The server crashes and starts again. */
    CRASH("server crashed", false),
    /** {@code pg_ctl stop -m immediate}: it has no time for anything, and is started again. */
    STOP("server stopped at once", false),
    /** The process is killed, and has no time for anything. */
    KILL("kill -9", true),
    /** The process is told to stop. */
    TERMINATE("SIGTERM", true);

    private final String words;
    private final boolean ofProcess;

    Kind(String words, boolean ofProcess) {
      this.words = words;
      this.ofProcess = ofProcess;
    }

    String words() {
      return words;
    }

    /** Whether the deployer has to be a process of its own. */
    boolean ofProcess() {
      return ofProcess;
    }
  }
}
