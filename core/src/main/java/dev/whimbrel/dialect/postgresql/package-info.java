/** PostgreSQL: the strategies of a {@link dev.whimbrel.dialect.Dialect}. */
@NullMarked
package dev.whimbrel.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
