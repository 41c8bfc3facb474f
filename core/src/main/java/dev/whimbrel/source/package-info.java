/** Whatever says what a schema should be. */
@NullMarked
package dev.whimbrel.source;

import org.jspecify.annotations.NullMarked;
