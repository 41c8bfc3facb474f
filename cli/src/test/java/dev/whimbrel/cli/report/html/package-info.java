@NullMarked
package dev.whimbrel.cli.report.html;

import org.jspecify.annotations.NullMarked;
