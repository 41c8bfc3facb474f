package dev.whimbrel.dialect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a database tells about who changed an object, and when. Empty, or null, is what it does not
 * tell.
 *
 * @param by who was logged in
 * @param owner who owns the object now
 * @param application what the program called itself
 * @param command such as {@code ALTER TABLE}
 */
public record Trace(
    String by, String owner, @Nullable Instant at, String application, String command) {}
