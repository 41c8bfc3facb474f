/** Runs a plan on a scratch database, watches it, and asks the target what that means there. */
@org.jspecify.annotations.NullMarked
package dev.whimbrel.rehearse;
