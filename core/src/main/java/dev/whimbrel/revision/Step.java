package dev.whimbrel.revision;

import dev.whimbrel.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement and the directives before it; each directive holds for this statement only.
 *
 * @param statement the SQL
 * @param allows findings accepted for it
 * @param lockTimeout how long it may wait for a lock, null for the default
 * @param noTransaction whether it must run outside a transaction
 */
public record Step(
    Statement statement,
    List<Allow> allows,
    @Nullable Duration lockTimeout,
    boolean noTransaction) {
  public Step {
    allows = List.copyOf(allows);
  }
}
