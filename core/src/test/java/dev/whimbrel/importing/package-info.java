@NullMarked
package dev.whimbrel.importing;

import org.jspecify.annotations.NullMarked;
