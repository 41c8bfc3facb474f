/** Whatever is read, the answer is a value or an error of our own. */
@NullMarked
package dev.whimbrel.acceptance.fuzz;

import org.jspecify.annotations.NullMarked;
