/** The gate on real databases: one list of scenarios, two engines. */
@NullMarked
package dev.whimbrel.acceptance.gate;

import org.jspecify.annotations.NullMarked;
