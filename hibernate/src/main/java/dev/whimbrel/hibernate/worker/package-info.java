/**
 * What runs in the forked JVM, on the user's class path. It uses the JDK, Hibernate, Jakarta
 * Persistence and (where present) Spring Boot, and of Hibernate only what is the same from 6.6 to
 * 8.0.
 */
@NullMarked
package dev.whimbrel.hibernate.worker;

import org.jspecify.annotations.NullMarked;
