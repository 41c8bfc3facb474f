/** Revisions as a graph: heads, addresses, and the paths from one point to another. */
@NullMarked
package dev.whimbrel.graph;

import org.jspecify.annotations.NullMarked;
