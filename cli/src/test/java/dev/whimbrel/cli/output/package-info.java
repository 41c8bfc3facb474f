@NullMarked
package dev.whimbrel.cli.output;

import org.jspecify.annotations.NullMarked;
