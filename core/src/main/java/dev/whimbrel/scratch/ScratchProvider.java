package dev.whimbrel.scratch;

/** One way to come to a server for scratch databases. */
public interface ScratchProvider {
  /** What it is called in configuration and messages, such as {@code [scratch] url}. */
  String name();

  /**
   * Opens the server.
   *
   * @throws dev.whimbrel.error.WhimbrelException if it cannot be used, saying why
   */
  ScratchStrategy open(ScratchRequest request);
}
