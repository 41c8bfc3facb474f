package dev.whimbrel.dialect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of the database.
 *
 * @param process the server's process id, or the operating system's
 * @param application what it calls itself
 * @param host where it comes from; null where the server does not tell
 * @param since when its transaction began; null where the server does not tell
 * @param query what it runs; empty where the role may not see it
 * @param end the command that ends it, for a person
 */
public record SessionInfo(
    long process,
    String application,
    @Nullable String host,
    @Nullable Instant since,
    String query,
    String end) {
  /** The same session, at something else. */
  public SessionInfo withQuery(String newQuery) {
    return new SessionInfo(process, application, host, since, newQuery, end);
  }
}
