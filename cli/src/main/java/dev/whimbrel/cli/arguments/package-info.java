/** What commands understand, and reading it from a command line; no reflection. */
@NullMarked
package dev.whimbrel.cli.arguments;

import org.jspecify.annotations.NullMarked;
