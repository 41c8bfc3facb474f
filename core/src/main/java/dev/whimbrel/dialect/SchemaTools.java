package dev.whimbrel.dialect;

import dev.whimbrel.diff.DiffStrategy;
import dev.whimbrel.introspect.Introspector;
import dev.whimbrel.render.RenderStrategy;
import dev.whimbrel.schema.Schema;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * How an engine's schemas are read, compared and written.
 *
 * @param introspector reads a live database
 * @param diff what the comparison asks, for a major version
 * @param render writes changes for a major version
 * @param seeds statements that put a row, 1 to 9, into the tables of a schema; one may be refused
 */
public record SchemaTools(
    Introspector introspector,
    IntFunction<DiffStrategy> diff,
    IntFunction<RenderStrategy> render,
    BiFunction<Schema, Integer, List<String>> seeds) {}
