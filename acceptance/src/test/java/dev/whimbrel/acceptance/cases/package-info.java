/** Case files: single changes as a DBA would review them. */
@NullMarked
package dev.whimbrel.acceptance.cases;

import org.jspecify.annotations.NullMarked;
