@NullMarked
package dev.whimbrel.graph;

import org.jspecify.annotations.NullMarked;
