/** Runs a plan on a scratch database and observes it. */
@NullMarked
package dev.whimbrel.rehearse;

import org.jspecify.annotations.NullMarked;
