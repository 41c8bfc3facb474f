/**
 * JPA entities as a source of DDL: what the user's own Hibernate would create, without a database.
 */
@NullMarked
package dev.whimbrel.hibernate;

import org.jspecify.annotations.NullMarked;
