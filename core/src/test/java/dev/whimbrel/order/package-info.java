@NullMarked
package dev.whimbrel.order;

import org.jspecify.annotations.NullMarked;
