@NullMarked
package dev.whimbrel.cli.arguments;

import org.jspecify.annotations.NullMarked;
