@NullMarked
package dev.whimbrel;

import org.jspecify.annotations.NullMarked;
