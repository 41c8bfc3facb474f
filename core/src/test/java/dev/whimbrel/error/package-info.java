/** Problems and what they must not tell. */
@NullMarked
package dev.whimbrel.error;

import org.jspecify.annotations.NullMarked;
