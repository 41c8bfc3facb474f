/**
 * Whimbrel in a Spring Boot application: the database is looked at, waited for or upgraded before
 * anything that needs its schema starts.
 */
@NullMarked
package dev.whimbrel.spring;

import org.jspecify.annotations.NullMarked;
