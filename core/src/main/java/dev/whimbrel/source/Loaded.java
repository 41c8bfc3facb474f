package dev.whimbrel.source;

import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import java.util.function.Predicate;

/**
 * What a source said.
 *
 * @param owns the facts that the source decides about; everything, unless it is entities
 * @param tool what said it, such as {@code Hibernate 7.1.0}; empty if nothing but the engine
 */
public record Loaded(Schema schema, Predicate<FactId> owns, String tool) {
  static Loaded of(Schema schema) {
    return new Loaded(schema, id -> true, "");
  }
}
