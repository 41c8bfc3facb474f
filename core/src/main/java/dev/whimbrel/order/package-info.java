/** A directed acyclic graph of anything, and its one deterministic order. */
@NullMarked
package dev.whimbrel.order;

import org.jspecify.annotations.NullMarked;
