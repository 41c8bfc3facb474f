/** A report as one self-contained HTML page with pictures. */
@NullMarked
package dev.whimbrel.cli.page;

import org.jspecify.annotations.NullMarked;
