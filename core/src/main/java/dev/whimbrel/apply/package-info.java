/** Runs a plan on a database so that nothing is lost, wherever it is cut off. */
@NullMarked
package dev.whimbrel.apply;

import org.jspecify.annotations.NullMarked;
