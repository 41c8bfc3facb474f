@NullMarked
package dev.whimbrel.cli.report;

import org.jspecify.annotations.NullMarked;
