/** Reads the schema of a live database: catalog rows become facts. */
@NullMarked
package dev.whimbrel.introspect;

import org.jspecify.annotations.NullMarked;
