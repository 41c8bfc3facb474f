/** How results, events and problems are written: for people, as JSON, as a stream of JSON. */
@NullMarked
package dev.whimbrel.cli.output;

import org.jspecify.annotations.NullMarked;
