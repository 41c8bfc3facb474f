/** Scratch databases: found a server for, created, filled from templates, and always dropped. */
@NullMarked
package dev.whimbrel.scratch;

import org.jspecify.annotations.NullMarked;
