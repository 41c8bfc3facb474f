package dev.whimbrel.render;

import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import java.util.Set;

/**
 * What surrounds the change that is rendered.
 *
 * @param from the schema before all changes
 * @param to the schema after them
 * @param fresh the tables and materialized views that the same migration creates: they hold no rows
 * @param style how to write
 */
public record Situation(Schema from, Schema to, Set<FactId> fresh, Style style) {
  public Situation {
    fresh = Set.copyOf(fresh);
  }

  /**
   * How to write.
   *
   * @param online in steps that block neither readers nor writers for long
   * @param restores whether this is the way back: columns that take no null get a filler
   */
  public record Style(boolean online, boolean restores) {
    /** What an upgrade looks like. */
    public static final Style ONLINE = new Style(true, false);

    /** Each change in one plain statement where the engine allows it. */
    public static final Style OFFLINE = new Style(false, false);
  }

  /** Whether rows of a table may be there and users wait for it. */
  public boolean isLive(FactId relation) {
    return style.online() && !fresh.contains(relation) && from.contains(relation);
  }
}
