/** What is particular to PostgreSQL. */
@NullMarked
package dev.whimbrel.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
