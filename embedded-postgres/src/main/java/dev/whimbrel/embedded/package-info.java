/** A real PostgreSQL as scratch or local database, from the binaries on Maven Central. */
@NullMarked
package dev.whimbrel.embedded;

import org.jspecify.annotations.NullMarked;
