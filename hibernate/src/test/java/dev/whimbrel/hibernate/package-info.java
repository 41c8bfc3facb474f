@NullMarked
package dev.whimbrel.hibernate;

import org.jspecify.annotations.NullMarked;
