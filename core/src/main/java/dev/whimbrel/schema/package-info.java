/**
 * The model of what a database contains: immutable facts with an identity, a content and
 * dependencies. It knows nothing of JDBC or SQL execution.
 */
@NullMarked
package dev.whimbrel.schema;

import org.jspecify.annotations.NullMarked;
