/** SQLite: the strategies of a {@link dev.whimbrel.dialect.Dialect}. */
@NullMarked
package dev.whimbrel.dialect.sqlite;

import org.jspecify.annotations.NullMarked;
