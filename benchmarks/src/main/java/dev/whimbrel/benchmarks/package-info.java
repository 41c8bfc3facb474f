/** How fast the parts without a database are; figures are for comparing, never asserted. */
@NullMarked
package dev.whimbrel.benchmarks;

import org.jspecify.annotations.NullMarked;
