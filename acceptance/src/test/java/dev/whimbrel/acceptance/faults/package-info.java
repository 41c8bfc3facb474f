/** The gate under faults: cut connections, killed processes, crashing servers, crowds, poolers. */
@NullMarked
package dev.whimbrel.acceptance.faults;

import org.jspecify.annotations.NullMarked;
