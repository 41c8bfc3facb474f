<<<<<<< HEAD
/** What is PostgreSQL's own: its catalogs, its locks, its statements. */
=======
/** What is particular to PostgreSQL. */
>>>>>>> main
@NullMarked
package dev.whimbrel.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
