/** Whether a database is what it should be. */
@NullMarked
package dev.whimbrel.verify;

import org.jspecify.annotations.NullMarked;
