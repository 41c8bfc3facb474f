/**
 * The facade: {@link dev.whimbrel.Whimbrel} has one method for each command; front ends use nothing
 * else.
 */
@NullMarked
package dev.whimbrel;

import org.jspecify.annotations.NullMarked;
