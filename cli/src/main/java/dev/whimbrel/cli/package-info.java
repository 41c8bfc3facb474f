/**
 * The command line: the only code, with the other front ends, that prints, exits and reads the
 * environment.
 */
@NullMarked
package dev.whimbrel.cli;

import org.jspecify.annotations.NullMarked;
