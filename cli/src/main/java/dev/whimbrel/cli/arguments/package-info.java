/** What commands understand, and reading it from a command line with Commons CLI. */
@NullMarked
package dev.whimbrel.cli.arguments;

import org.jspecify.annotations.NullMarked;
