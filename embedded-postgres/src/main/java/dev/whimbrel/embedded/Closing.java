package dev.whimbrel.embedded;

/** An action for the end of a use, or for the end of the process if that comes first; runs once. */
final class Closing implements Runnable {
  private final Runnable action;
  private final Thread hook;

  Closing(Runnable action) {
    this.action = action;
    this.hook = new Thread(action, "stop PostgreSQL");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void run() {
    try {
      if (Runtime.getRuntime().removeShutdownHook(hook)) {
        action.run();
      }
    } catch (IllegalStateException e) {
      // The process is ending, and the hook does it.
    }
  }
}
