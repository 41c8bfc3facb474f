package dev.whimbrel.history;

import java.util.List;

/**
 * An applied revision, as light as the gate needs it.
 *
 * @param revises ids of its parents
 * @param depends ids of what it needed besides
 * @param phase {@code expand}, {@code contract}, {@link #REPEATABLE} or empty
 * @param checksum 64 hex digits over the tokens of its upgrade part
 * @param chain 64 hex digits over its parents' chains and its checksum
 */
public record AppliedRevision(
    String id,
    List<String> revises,
    List<String> depends,
    String phase,
    String checksum,
    String chain) {
  /** The phase of what has no place in the line and runs again whenever it has changed. */
  public static final String REPEATABLE = "repeatable";

  public AppliedRevision {
    revises = List.copyOf(revises);
    depends = List.copyOf(depends);
  }

  public boolean isRepeatable() {
    return phase.equals(REPEATABLE);
  }
}
