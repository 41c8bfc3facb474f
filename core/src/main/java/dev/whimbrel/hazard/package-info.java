/**
 * What can go wrong with a statement: one class per rule, each judging what a real server was seen
 * to do.
 */
@org.jspecify.annotations.NullMarked
package dev.whimbrel.hazard;
