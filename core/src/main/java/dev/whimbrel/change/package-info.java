/** The differences between two schemas, one by one. */
@NullMarked
package dev.whimbrel.change;

import org.jspecify.annotations.NullMarked;
