/** Whole-house tests: structure, transcripts, and every engine through the front door. */
@NullMarked
package dev.whimbrel.acceptance;

import org.jspecify.annotations.NullMarked;
