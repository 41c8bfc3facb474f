/** Brings the migrations and the history of other tools over. */
@NullMarked
package dev.whimbrel.importing;

import org.jspecify.annotations.NullMarked;
