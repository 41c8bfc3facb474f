/** What says how a schema should be: SQL files, a database, the revisions, the entities. */
@NullMarked
package dev.whimbrel.source;

import org.jspecify.annotations.NullMarked;
