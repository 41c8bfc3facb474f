@NullMarked
package dev.whimbrel.diff;

import org.jspecify.annotations.NullMarked;
