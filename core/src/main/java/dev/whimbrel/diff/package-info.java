/** What differs between two schemas, in an order in which it can be changed. */
@NullMarked
package dev.whimbrel.diff;

import org.jspecify.annotations.NullMarked;
