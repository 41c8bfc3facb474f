/** What can go wrong: stable codes, and problems that say what, where, why and what to do next. */
@NullMarked
package dev.whimbrel.error;

import org.jspecify.annotations.NullMarked;
