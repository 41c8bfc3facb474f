/** What a database records about the revisions applied to it, and the SQL that writes it down. */
@NullMarked
package dev.whimbrel.history;

import org.jspecify.annotations.NullMarked;
