/** One class per command, thin over the facade. */
@NullMarked
package dev.whimbrel.cli.command;

import org.jspecify.annotations.NullMarked;
