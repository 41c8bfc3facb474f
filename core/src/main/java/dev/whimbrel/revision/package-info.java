/** The revision file: reading, writing, its name, and the directory it lives in. */
@NullMarked
package dev.whimbrel.revision;

import org.jspecify.annotations.NullMarked;
