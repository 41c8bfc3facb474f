/** The outside corpus: pairs of schemas from public projects, taken to each other and back. */
@NullMarked
package dev.whimbrel.acceptance.corpus;

import org.jspecify.annotations.NullMarked;
