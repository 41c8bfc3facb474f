/**
 * SQL as text: statements with their places, tokens, checksums and identifiers; never a meaning.
 */
@NullMarked
package dev.whimbrel.sql;

import org.jspecify.annotations.NullMarked;
