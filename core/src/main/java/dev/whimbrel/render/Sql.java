package dev.whimbrel.render;

/**
 * One statement of a migration.
 *
 * @param text without its final semicolon
 * @param alone whether it has to run outside a transaction, or in one of its own so that an earlier
 *     lock is gone
 */
public record Sql(String text, boolean alone) {

  /** A statement that may share a transaction with its neighbours. */
  public static Sql of(String text) {
    return new Sql(text, false);
  }

  /** A statement that runs alone. */
  public static Sql alone(String text) {
    return new Sql(text, true);
  }
}
