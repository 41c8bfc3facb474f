/** What is particular to SQLite. */
@NullMarked
package dev.whimbrel.dialect.sqlite;

import org.jspecify.annotations.NullMarked;
