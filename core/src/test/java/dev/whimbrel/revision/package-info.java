@NullMarked
package dev.whimbrel.revision;

import org.jspecify.annotations.NullMarked;
