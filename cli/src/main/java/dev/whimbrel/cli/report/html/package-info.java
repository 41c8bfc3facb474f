/** The report as one page with pictures: the layout here, the page in a template. */
@NullMarked
package dev.whimbrel.cli.report.html;

import org.jspecify.annotations.NullMarked;
