/** What introspection sees of real databases. */
@NullMarked
package dev.whimbrel.testkit.introspect;

import org.jspecify.annotations.NullMarked;
