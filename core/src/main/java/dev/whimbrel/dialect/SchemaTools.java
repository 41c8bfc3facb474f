package dev.whimbrel.dialect;

import dev.whimbrel.diff.DiffStrategy;
import dev.whimbrel.introspect.Introspector;
import dev.whimbrel.render.RenderStrategy;
import java.util.function.IntFunction;

/**
 * How an engine's schemas are read, compared and written.
 *
 * @param introspector reads a live database
 * @param diff what the comparison asks, for a major version
 * @param render writes changes for a major version
 */
public record SchemaTools(
    Introspector introspector,
    IntFunction<DiffStrategy> diff,
    IntFunction<RenderStrategy> render) {}
