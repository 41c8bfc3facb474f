@NullMarked
package dev.whimbrel.sql;

import org.jspecify.annotations.NullMarked;
