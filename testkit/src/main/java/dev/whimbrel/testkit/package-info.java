/** Real databases for tests, one call away. */
@NullMarked
package dev.whimbrel.testkit;

import org.jspecify.annotations.NullMarked;
